import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { ContainerRow } from '../../src/api/contract/containers.ts'
import type { LogList } from '../../src/api/contract/logs.ts'
import type { ProcessList } from '../../src/api/contract/processes.ts'
import { buildImages, type BuiltImages } from '../../tools/image/build-images.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { importDebianBase } from '../image/debian-base.ts'
import { askInside, isHealthy, type ServerInside } from './ask-inside.ts'
import { composeUp, logMount, relocateMounts } from './compose-up.ts'
import { openKernelCounters } from './kernel-counters.ts'
import { waitUntil } from './wait-until.ts'

const run = promisify(execFile)
const mostBytes = 120e6
const timeout = 300_000

/** Anonymous memory that stays as it is, and some CPU. */
const steady = ['sh', '-c', "x=$(head -c 20000000 /dev/zero | tr '\\0' a); while :; do :; done"]

let engine: PrivateEngine
let images: BuiltImages

before(
  async () => {
    engine = await startPrivateEngine()
    const base = await importDebianBase(engine)
    images = await buildImages({ base, environment: { DOCKER_HOST: engine.dockerHost } })
  },
  { timeout },
)
after(() => engine[Symbol.asyncDispose]())

describe('the images', { timeout }, () => {
  let server: ServerInside

  before(startServer, { timeout })
  after(async () => {
    await engine.docker('rm', '--force', 'vigie-agent', 'server')
    await engine.docker('volume', 'rm', 'vigie-agent', 'vigie-server')
  })

  test('are small, and the agent has neither server nor shell', async (context) => {
    const sizeOf = async (name: string): Promise<number> =>
      Number(await engine.docker('image', 'inspect', '--format', '{{.Size}}', name))
    const [agentBytes, serverBytes] = await Promise.all([
      sizeOf(images.agent),
      sizeOf(images.server),
    ])
    context.diagnostic(`agent ${(agentBytes / 1e6).toFixed(1)} MB, server ${(serverBytes / 1e6).toFixed(1)} MB`) // prettier-ignore
    assert.ok(
      agentBytes <= mostBytes,
      `the agent's image has ${agentBytes} bytes, ${mostBytes} are allowed`,
    )
    await assert.rejects(engine.docker('run', '--rm', '--entrypoint', '/bin/sh', images.agent))
    await assert.rejects(engine.docker('run', '--rm', images.agent, 'server'), /unknown command/)
  })

  test('the server is well, is not root, and writes to its volume alone', async () => {
    await waitUntil('a healthy server', 60_000, () => isHealthy(engine, 'server'))
    const inside = "console.log(process.getuid(), require('fs').readdirSync('/data').length > 0)"
    assert.equal(await engine.docker('exec', 'server', 'node', '-e', inside), '8127 true')
    await assert.rejects(engine.docker('exec', 'server', 'node', '-e', "fs.writeFileSync('/x', '')")) // prettier-ignore
  })

  test('the agent, run by the words that the server says, sees the host from inside', async () => {
    const { id, name, pid } = await engine.run({ command: steady, cpus: 0.25 })
    await startAgent()
    const row = await waitUntil('the figures of a container', 60_000, async () => {
      const found = (await server.containers()).find((one) => one.id === id)
      return found?.figures.cpu === undefined ? undefined : found
    })
    assert.equal(row.name, name)
    assert.equal(await readFirstPid(server, id), pid)
    assert.equal(row.host, await engine.docker('info', '--format', '{{.Name}}'))
    const kernel = openKernelCounters(id)
    const from = await kernel.readAtWholeSecond(1)
    const to = await kernel.readAtWholeSecond(5)
    const cpu = await waitUntil('the points of these seconds', 30_000, () => averageCpu(row, from.timeS, to.timeS)) // prettier-ignore
    const wanted = (to.cpuNanos - from.cpuNanos) / (to.timeS - from.timeS) / 1e7
    assert.ok(Math.abs(cpu - wanted) < 3, `${cpu} % of a core; the kernel says ${wanted}`)
    const seen = (await server.containers()).find((one) => one.id === id)
    assert.equal(seen?.figures.memoryRss, to.rssBytes)
    const names = (await server.containers()).map((one) => one.name)
    assert.ok(names.includes('vigie-agent') && names.includes('server'), names.join(' '))
    await waitUntil('a healthy agent', 60_000, () => isHealthy(engine, 'vigie-agent'))
  })

  test('it reads log lines from the engine’s files, and has the few rights that it was given', async () => {
    const sources = (await server.agents()).agents[0]?.sources ?? []
    const states = sources.map(({ name, state }) => `${name} ${state}`)
    assert.deepEqual(states.toSorted(), ['agent running', 'docker running', 'dogstatsd running', 'host running', 'logs running']) // prettier-ignore
    const inside = "console.log(/CapEff:\\s*(\\w+)/.exec(fs.readFileSync('/proc/self/status'))[1])"
    // CAP_DAC_READ_SEARCH is 2, CAP_SYS_PTRACE is 19.
    const rights = (2 ** 2 + 2 ** 19).toString(16).padStart(16, '0')
    assert.equal(await engine.docker('exec', 'vigie-agent', 'node', '-e', inside), rights)
  })

  test('both stop in order, and go on with what they had', async () => {
    const [earlier] = (await server.agents()).agents
    for (const name of ['vigie-agent', 'server']) {
      const began = performance.now()
      await engine.docker('stop', '--time', '30', name)
      const tookMs = performance.now() - began
      assert.ok(tookMs < 10_000, `${name} took ${tookMs} ms to stop`)
      assert.equal((await engine.inspectState(name)).ExitCode, 0, name)
      await assert.rejects(engine.docker('exec', name, 'vigie', 'health', 'agent'))
    }
    await engine.docker('start', 'server', 'vigie-agent')
    const again = await waitUntil('the agent is back', 90_000, async () => {
      const [agent] = (await server.agents()).agents
      return agent !== undefined && !agent.away && agent.startedAt !== earlier?.startedAt && agent
    })
    assert.equal(again.id, earlier?.id)
  })

  async function startServer(): Promise<void> {
    const flags = ['--network', 'host', '--read-only', '--cap-drop', 'ALL', '-v', 'vigie-server:/data'] // prettier-ignore
    const env = ['-e', 'VIGIE_PUBLIC_URL=http://127.0.0.1:8127']
    const check = ['--security-opt', 'no-new-privileges', '--health-interval', '2s']
    server = askInside(engine, 'server')
    await engine.docker('run', '-d', '--name', 'server', ...flags, ...env, ...check, images.server)
    await waitUntil(
      'the server answers',
      60_000,
      async () => (await server.agents()).agents.length === 0,
    )
  }

  /** Only what this engine of a test has elsewhere is another: its socket and its data. */
  async function startAgent(): Promise<void> {
    const said = await engine.docker('exec', 'server', 'vigie', 'add-host', 'box', '--as', 'docker')
    const more = `--health-interval 2s -v ${logMount(engine)}`
    const command = relocateMounts(said, engine).replace('--read-only', `--read-only ${more}`)
    await run('sh', ['-c', command], { env: { ...process.env, DOCKER_HOST: engine.dockerHost } })
  }

  /** Of the points after `fromS` up to `toS`; undefined while they are not all there. */
  async function averageCpu(
    { name }: ContainerRow,
    fromS: number,
    toS: number,
  ): Promise<number | undefined> {
    const query = encodeURIComponent(`avg:docker.cpu.usage{container_name:${name}}`)
    const { series } = await server.ask<{
      readonly series: readonly { pointlist: [number, number][] }[]
    }>(`/api/v1/query?from=${fromS}&to=${toS}&query=${query}`)
    const points = (series[0]?.pointlist ?? []).filter(([ms]) => ms > fromS * 1000 && ms <= toS * 1000) // prettier-ignore
    if (points.length < toS - fromS) return undefined
    return points.reduce((sum, [, value]) => sum + value, 0) / points.length
  }
})

describe('the Compose file of one host', { timeout }, () => {
  let ids: ReadonlyMap<string, string>
  let server: ServerInside

  before(
    async () => {
      ids = await composeUp(engine, 'deploy/compose/compose.yaml')
      server = askInside(engine, ids.get('server') ?? '')
    },
    { timeout },
  )

  test('brings up both, well, and a page for this machine alone', async () => {
    assert.deepEqual([...ids.keys()].toSorted(), ['agent', 'server'])
    for (const [service, id] of ids) {
      await waitUntil(`a healthy ${service}`, 60_000, () => isHealthy(engine, id))
    }
    assert.match(await server.read('/'), /<title>Vigie<\/title>/)
    // Of a machine all of 127.0.0.0/8 is itself, but what listens at one address is at no other.
    await assert.rejects(server.read('http://127.0.0.2:8127/'), /ECONNREFUSED/)
  })

  test('shows what runs beside it, and what that prints', async () => {
    const { id, name, pid } = await engine.run({
      command: ['sh', '-c', `echo here; ${steady.at(-1)}`],
    })
    const row = await waitUntil('the figures of a container', 60_000, async () => {
      const found = (await server.containers()).find((one) => one.id === id)
      return (found?.figures.cpu ?? 0) > 0 && (found?.figures.memoryRss ?? 0) > 20e6 && found
    })
    const { rssBytes } = await openKernelCounters(id).readAtWholeSecond(1)
    assert.deepEqual([row.name, row.figures.memoryRss], [name, rssBytes])
    assert.equal(await readFirstPid(server, id), pid)
    const names = (await server.containers()).map(({ project, service }) => `${project} ${service}`)
    assert.ok(names.includes('vigie agent') && names.includes('vigie server'), names.join(', '))
    const lines = await waitUntil('its line', 30_000, async () => {
      const { rows } = await server.ask<LogList>(`/api/logs?since=1h&query=container:${name}`)
      return rows.length > 0 && rows
    })
    assert.deepEqual(
      lines.map(({ message }) => message),
      ['here'],
    )
  })
})

/** As the host numbers it, of a container that the agent sees processes of. */
function readFirstPid(server: ServerInside, id: string): Promise<number> {
  return waitUntil('processes of a container', 30_000, async () => {
    const { processes } = await server.ask<ProcessList>(`/api/containers/${id}/processes`)
    return processes[0]?.pid
  })
}
