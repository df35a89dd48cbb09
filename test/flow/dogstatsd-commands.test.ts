import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findFreePort } from '../agent/find-free-port.ts'
import { arrivesWithinMs, openAnswers, settle, type Answers } from './dogstatsd-answers.ts'
import { openDatagrams, openUdp, type Wire } from './dogstatsd-numbered.ts'
import { startVigie, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const maxContexts = 200
/** Header of the Datadog Agent's own capture files, version 3. */
const captureMagic = 'd474d060f3ff0000'

describe('commands for DogStatsD', () => {
  let folder: string
  let vigie: Vigie
  let url: string
  let answers: Answers
  let port: number
  let env: Readonly<Record<string, string>>

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    port = await findFreePort()
    env = {
      DD_DOGSTATSD_PORT: String(port),
      DD_DOGSTATSD_SOCKET: join(folder, 'dsd.socket'),
      DD_DOGSTATSD_METRICS_STATS_ENABLE: 'true',
      VIGIE_DOGSTATSD_MAX_CONTEXTS: String(maxContexts),
      VIGIE_SOURCES_DOCKER_ENABLED: 'false',
    }
    vigie = await startVigie(['up'], { env })
    url = await vigie.url()
    answers = openAnswers(url)
    await waitUntil('the socket', 30_000, () => tryToOpen(join(folder, 'dsd.socket')))
  })

  after(async () => {
    const ending = await vigie.stop()
    await vigie[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
    assert.equal(ending.exitCode, 0, ending.output)
  })

  /** Starts a command that speaks to this agent, with the same configuration. */
  const start = (...args: readonly string[]): Promise<Vigie> =>
    startVigie(args, { dataDir: vigie.dataDir, env: { ...env, VIGIE_SERVER_URL: url } })
  /** What the command prints, and its exit code. */
  const run = async (...args: readonly string[]): Promise<Ending> => {
    await using command = await start(...args)
    await once(command.process, 'close')
    return await command.ended()
  }

  test('dogstatsd-capture writes what comes in, and dogstatsd-replay sends it once more', async () => {
    using wire = openDatagrams(join(folder, 'dsd.socket'))
    const captured = join(folder, 'captures')
    await mkdir(captured)
    const how = ['-d', '3s', '-p', captured, '-z=false']
    await using capture = await start('dogstatsd-capture', ...how)
    await waitUntil('the capture runs', 30_000, async () => (await listFiles(captured)).length > 0)
    await sendAll(wire, 300, (at) => `tape.counter:${at}|c|#tape:yes\ntape.gauge:${at}|g`)
    await once(capture.process, 'close')
    const { exitCode, output } = await capture.ended()
    assert.equal(exitCode, 0, output)
    assert.match(output, /300 packets/)
    const [file = ''] = await listFiles(captured)
    const bytes = await readFile(join(captured, file))
    assert.equal(bytes.toString('hex', 0, 8), captureMagic)
    const replay = await run('dogstatsd-replay', '-f', join(captured, file))
    assert.equal(replay.exitCode, 0, replay.output)
    const twice = 300 * 299
    const query = 'sum:tape.counter{tape:yes}.as_count()'
    assert.equal(await settle(twice, () => answers.sum(query), arrivesWithinMs), twice)
    assert.equal(await answers.last('avg:tape.gauge{*}'), 299)
  })

  test('dogstatsd-stats names what came in most often first', async () => {
    using wire = openUdp(port)
    await sendAll(wire, 30, () => 'stats.often:1|c|#a:1,b:2')
    await sendAll(wire, 5, () => 'stats.seldom:1|g')
    const output = await waitUntil('all that was sent', 30_000, async () => {
      const ending = await run('dogstatsd-stats')
      assert.equal(ending.exitCode, 0, ending.output)
      return /stats\.seldom .*\b5\b/.test(ending.output) && ending.output
    })
    assert.match(output, /stats\.often .*a:1.*b:2.*\b30\b[^]*stats\.seldom/)
    const json: unknown = JSON.parse((await run('dogstatsd-stats', '-j')).output)
    assert.match(JSON.stringify(json), /stats\.often/)
  })

  test('status names the metric that floods the agent with tags, and others go on', async () => {
    using wire = openUdp(port)
    await sendAll(wire, 10, () => 'modest.counter:1|c')
    await sendAll(wire, 20 * maxContexts, (at) => `greedy.users:1|c|#user:${at}`)
    await sendAll(wire, 10, () => 'modest.counter:1|c')
    const output = await waitUntil('the metric in the status', 30_000, async () => {
      const ending = await run('status')
      return ending.output.includes('greedy.users') && ending.output
    })
    assert.match(output, /greedy\.users/)
    assert.equal(
      await settle(20, () => answers.sum('sum:modest.counter{*}.as_count()'), arrivesWithinMs),
      20,
    )
    const rows = await answers.sql(
      "SELECT count(DISTINCT tags) FROM metrics WHERE metric = 'greedy.users'",
    )
    assert.ok(Number(rows[0]?.[0]) <= maxContexts, String(rows[0]?.[0]))
  })
})

async function sendAll(wire: Wire, count: number, write: (at: number) => string): Promise<void> {
  for (let at = 0; at < count; at += 1) await wire.send(write(at))
}

function listFiles(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => [])
}

function tryToOpen(path: string): boolean {
  openDatagrams(path)[Symbol.dispose]()
  return true
}
