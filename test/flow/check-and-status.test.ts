import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AgentList } from '../../src/api/contract/agents.ts'
import type { CheckDocument } from '../../src/cli/check-document.ts'
import { openSharedEngine } from '../engine/shared-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { startVigie, waitForAgent, type Ending } from './vigie-process.ts'

const busyLoop = ['sh', '-c', 'while :; do :; done']

describe('vigie check and vigie status with a real engine', () => {
  let engine: Engine
  let containerId: string

  before(async () => {
    engine = await openSharedEngine()
    containerId = (await engine.run({ command: busyLoop, cpus: 0.1 })).id
  })

  after(() => engine[Symbol.asyncDispose]())

  /** Runs a command of the program to its end. */
  const run = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ending> => {
    await using vigie = await startVigie(args, {
      env: { DOCKER_HOST: engine.dockerHost, DD_LOG_LEVEL: 'off', ...env },
    })
    const ending = await vigie.ended()
    return ending
  }

  const check = async (...args: readonly string[]): Promise<CheckDocument> => {
    const { exitCode, output } = await run(['check', '--json', ...args])
    assert.equal(exitCode, 0, output)
    return JSON.parse(output)
  }

  test('one run gives each figure once, and of the host no rates', async () => {
    const [docker, host] = [await check('docker'), await check('host')]
    const metrics = docker.series
      .filter(({ tags }) => tags.includes(`container_id:${containerId}`))
      .map(({ metric }) => metric)
    assert.ok(metrics.includes('docker.mem.rss'), metrics.join(' '))
    assert.ok(host.series.some(({ metric }) => metric === 'system.load.1'))
    assert.ok(!host.series.some(({ metric }) => metric === 'system.cpu.user'))
    for (const { series, summary } of [docker, host]) {
      assert.ok(series.every(({ points }) => points.length === 1))
      assert.deepEqual([summary.status, summary.fullRuns], ['OK', 1])
    }
  })

  test('with --rate there are rates, a container, a service check, and a summary that fits', async () => {
    const document = await check('docker', '--rate')
    const cpu = document.series.find(
      ({ metric, tags }) =>
        metric === 'docker.cpu.usage' && tags.includes(`container_id:${containerId}`),
    )
    // The container may use a tenth of a core.
    const [atMs, value] = cpu?.points.at(-1) ?? []
    assert.ok(value !== undefined && value > 2 && value < 30, `${value} %`)
    assert.equal(atMs, document.summary.lastRunAtMs)
    assert.ok(document.containers.some(({ id }) => id === containerId))
    assert.deepEqual(
      document.serviceChecks
        .filter(({ name }) => name === 'docker.service_up')
        .map(({ status }) => status),
      [0],
    )
    const { fullRuns, work } = document.summary
    assert.equal(fullRuns, 2)
    const pointCount = document.series.reduce((sum, { points }) => sum + points.length, 0)
    assert.equal(work?.total.points, pointCount)
    assert.ok((work?.lastRunMs ?? 0) > 0)
  })

  test('prints it to be read', async () => {
    const { exitCode, output } = await run(['check', 'docker', '-r'])
    assert.equal(exitCode, 0, output)
    assert.match(output, /^=== Series ===\n\[\n {2}\{"metric":"/)
    assert.match(output, /\n {2}\{"metric":"docker\.cpu\.usage",.*"points":\[\[\d+,[\d.]+\]/)
    assert.match(output, /\n=== Service Checks ===\n/)
    assert.match(output, /\n=== Containers ===\n/)
    assert.match(output, /\n=== Summary ===\ndocker \[OK\]\n/)
    assert.match(output, /\n {2}samples +[\d,]+ +[\d,]+\n/)
  })

  test('says what is wrong, and fails, when there is no engine', async () => {
    const nowhere = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' }
    const { exitCode, output } = await run(['check', 'docker'], nowhere)
    assert.equal(exitCode, 1)
    assert.match(output, /docker \[WARNING\]/)
    assert.match(output, /\nNo container engine at unix:\/\/\/nonexistent\/docker\.sock/)
  })

  test('status shows what each source has done, and it grows', async () => {
    await using up = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
    const url = await up.url()
    const totalOf = (agent: AgentList['agents'][number]): number =>
      agent.sources.find(({ name }) => name === 'docker')?.work?.total.points ?? 0
    const first = totalOf(await waitForAgent(url, (agent) => totalOf(agent) > 0))
    await waitForAgent(url, (agent) => totalOf(agent) > first)
    const { exitCode, output } = await run(['status'], { VIGIE_SERVER_URL: url })
    assert.equal(exitCode, 0, output)
    const docker = /\n {2}docker: running\n[^]*?\n {2}(?=\w|$)/.exec(`${output}  `)?.[0] ?? ''
    assert.match(docker, /last run +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, \d/)
    assert.match(docker, /runs +\d+; the last took [\d.]+ ms, on average [\d.]+ ms/)
    const shown = Number(/samples +[\d,]+ +([\d,]+)/.exec(docker)?.[1]?.replaceAll(',', ''))
    assert.ok(shown > first, output)
    assert.match(docker, /warnings +none\n +errors +none/)
    const { output: json } = await run(['status', '--json'], { VIGIE_SERVER_URL: url })
    const list: AgentList = JSON.parse(json)
    assert.ok(list.agents.every((agent) => totalOf(agent) >= shown))
  })
})
