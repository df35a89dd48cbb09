import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { askSql, startVigie, waitForAgent, waitForContainer, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const stored = 10_000
/** A child that takes all memory, each second anew, under a first process that lives on. */
const greedyChild = ['sh', '-c', 'while true; do tail /dev/zero; sleep 1; done']

/** Rows of a question once there are some. */
function askUntil(
  url: string,
  query: string,
  isEnough: (rows: Awaited<ReturnType<typeof askSql>>) => boolean = (rows) => rows.length > 0,
): Promise<Awaited<ReturnType<typeof askSql>>> {
  return waitUntil(query, stored, async () => {
    const rows = await askSql(url, query)
    return isEnough(rows) && rows
  })
}

/** How many processes of the container the kernel has killed for want of memory. */
async function countKills(id: string): Promise<number> {
  const texts = await Promise.allSettled(
    [`memory/docker/${id}/memory.oom_control`, `docker/${id}/memory.events`].map((path) =>
      readFile(`/sys/fs/cgroup/${path}`, 'utf8'),
    ),
  )
  const text = texts.map((one) => (one.status === 'fulfilled' ? one.value : '')).join('')
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1])
}

describe('events and checks of a real engine', () => {
  let engine: PrivateEngine
  let vigie: Vigie
  let url: string

  before(async () => {
    engine = await startPrivateEngine()
    vigie = await startVigie(['up'], {
      env: {
        DOCKER_HOST: engine.dockerHost,
        VIGIE_SOURCES_DOCKER_UNBUNDLE_EVENTS: 'true',
        VIGIE_SOURCES_DOCKER_BUNDLE_UNSPECIFIED_EVENTS: 'true',
        VIGIE_SOURCES_DOCKER_COLLECT_EXIT_CODES: 'true',
      },
    })
    url = await vigie.url()
    await engine.run({ name: 'first', command: ['sleep', '1000'] })
    await waitForContainer(url, 'first')
  })

  after(async () => {
    await vigie.stop()
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })

  test('bundles what the containers of an image did', async () => {
    await engine.docker(
      'run',
      '--name',
      'brief',
      '--label',
      'com.docker.compose.project=sea',
      'busybox',
      'true',
    )
    const rows = await askUntil(
      url,
      `SELECT title, text, alert_type, aggregation_key FROM events
       WHERE has(tags, 'container_name:brief') AND title LIKE '%die%' ORDER BY time`,
    )
    const [title, text, alertType, key] = rows[0] ?? []
    assert.match(String(title), /^busybox (?:\d+ \w+ )+on test-host$/)
    assert.match(String(text), /\nDIE\tbrief\n/)
    assert.deepEqual([alertType, key], ['info', 'docker:busybox'])
  })

  test('tells a child that was killed while the first process lives, once for each kill', async () => {
    const { id } = await engine.run({ name: 'greedy', command: greedyChild, memoryBytes: 24 << 20 })
    const titles = await askUntil(
      url,
      `SELECT title, alert_type FROM events WHERE has(tags, 'container_name:greedy') AND has(tags, 'event_type:oom')`,
      (rows) => rows.length >= 3,
    )
    assert.deepEqual(titles[0], [`Container ${id}: oom`, 'error'])
    assert.equal((await engine.inspectState('greedy')).OOMKilled, false)
    await engine.tell('greedy', 'pause')
    // One that is on its way into the pause may still be killed.
    let [told, kills] = [0, 0]
    await waitUntil('an event for each kill', stored, async () => {
      const [[count] = []] = await askSql(
        url,
        `SELECT count() FROM events WHERE has(tags, 'container_name:greedy') AND has(tags, 'event_type:oom')`,
      )
      ;[told, kills] = [Number(count), await countKills(id)]
      return told === kills
    }).catch((error: unknown) => {
      throw new Error(`${told} events, ${kills} kills`, { cause: error })
    })
    await engine.remove('greedy')
    const [[isKilled] = []] = await askUntil(
      url,
      `SELECT oom_killed FROM container_totals WHERE name = 'greedy'`,
    )
    assert.equal(isKilled, true)
  })

  test('says when a health check fails, with what its last probe printed', async () => {
    await engine.docker(
      'run',
      '-d',
      '--name',
      'sick',
      '--health-interval',
      '1s',
      '--health-retries',
      '2',
      '--health-cmd',
      'test -e /well || { echo the well is dry; exit 1; }',
      'busybox',
      'sleep',
      '1000',
    )
    const check = `SELECT status, message FROM service_checks WHERE name = 'docker.container_health' AND has(tags, 'container_name:sick') ORDER BY time`
    const sick = await askUntil(url, check, (rows) => rows.at(-1)?.[0] === 2)
    assert.deepEqual(sick[0], [3, ''])
    assert.deepEqual(sick.at(-1), [2, 'the well is dry'])
    await engine.docker('exec', 'sick', 'touch', '/well')
    await askUntil(url, check, (rows) => rows.at(-1)?.[0] === 0)
  })

  for (const [exitCode, status] of [
    [0, 0],
    [3, 2],
    [143, 0],
  ] as const) {
    test(`calls an exit with ${exitCode} ${status}`, async () => {
      const name = `exit-${exitCode}`
      await engine.docker(
        'run',
        '-d',
        '--rm',
        '--name',
        name,
        'busybox',
        'sh',
        '-c',
        `exit ${exitCode}`,
      )
      const rows = await askUntil(
        url,
        `SELECT status, message FROM service_checks
         WHERE name = 'docker.exit' AND has(tags, 'container_name:${name}') AND has(tags, 'exit_code:${exitCode}')`,
      )
      assert.deepEqual(rows, [[status, `Container ${name} exited with ${exitCode}`]])
    })
  }
})

describe('an agent that is restarted', () => {
  test('tells what happened meanwhile, once', async () => {
    await using engine = await startPrivateEngine()
    await using server = await startVigie(['server'])
    const url = await server.url()
    const { dataDir } = server
    const env = { DOCKER_HOST: engine.dockerHost, VIGIE_SERVER_URL: url }
    const countStarts = async (): Promise<number> => {
      const rows = await askSql(url, `SELECT text FROM events WHERE source = 'docker'`)
      return rows.filter(([text]) => String(text).includes('START\ton\n')).length
    }
    await using first = await startVigie(['agent'], { env, dataDir })
    await waitForAgent(url, (agent) => agent.engine?.reachable === true)
    await engine.run({ name: 'on', command: ['sleep', '1000'] })
    await askUntil(url, `SELECT title FROM events WHERE has(tags, 'container_name:on')`)
    await first.stop()
    assert.equal(await countStarts(), 1)
    await engine.docker('run', '--rm', '--name', 'between', 'busybox', 'true')
    await engine.docker('rm', '-f', 'on')
    await using second = await startVigie(['agent'], { env, dataDir })
    await askUntil(
      url,
      `SELECT title FROM events WHERE has(tags, 'container_name:between') AND title LIKE '%1 start%'`,
    )
    const totals = await askUntil(
      url,
      `SELECT name, exit_code, method FROM container_totals ORDER BY name`,
      (rows) => rows.length === 2,
    )
    assert.deepEqual(totals, [
      ['between', 0, 'none'],
      ['on', 137, 'none'],
    ])
    assert.equal(await countStarts(), 1)
    await second.stop()
  })
})
