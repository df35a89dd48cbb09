import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { askSql, startVigie, waitForAgent, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const metric = 'system.load.1'

/** The seconds stored for the agent's host, in order. */
async function storedSeconds(url: string): Promise<readonly number[]> {
  const rows = await askSql(
    url,
    `SELECT toUnixTimestamp(time) FROM metrics WHERE metric = '${metric}' ORDER BY time`,
  )
  return rows.map(([time]) => Number(time))
}

/** Steps between seconds that follow each other: 1 and nothing else where there is neither a gap nor a double. */
function stepsOf(seconds: readonly number[]): readonly number[] {
  const steps = seconds.slice(1).map((second, at) => second - (seconds[at] ?? 0))
  return [...new Set(steps)]
}

describe('an agent whose server goes away', () => {
  let dataDir: string
  let server: Vigie
  let agent: Vigie
  let url: string
  const startServer = async (): Promise<Vigie> =>
    startVigie(['server'], { dataDir, env: { VIGIE_LISTEN: new URL(url).host } })

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    server = await startVigie(['server'], { dataDir })
    url = await server.url()
    agent = await startVigie(['agent'], { dataDir, env: { VIGIE_SERVER_URL: url } })
    await waitForAgent(url, () => true)
  })

  after(async () => {
    await agent[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('loses nothing that was acknowledged by a server that is killed', async () => {
    const stored = await waitUntil('three stored seconds', 30_000, async () => {
      const seconds = await storedSeconds(url)
      return seconds.length >= 3 && seconds
    })
    await server.stop('SIGKILL')
    server = await startServer()
    await server.url()
    const kept = await storedSeconds(url)
    assert.deepEqual(kept.slice(0, stored.length), stored)
  })

  test('delivers a minute of waiting, without a gap or a double', async () => {
    await server.stop('SIGKILL')
    const awayFromMs = Date.now()
    await waitUntil('a minute', 70_000, () => Date.now() - awayFromMs >= 60_000)
    server = await startServer()
    await server.url()
    // The newest come first, the gap fills behind them.
    const seconds = await waitUntil('all seconds', 30_000, async () => {
      const found = await storedSeconds(url)
      const isNew = (found.at(-1) ?? 0) * 1000 > awayFromMs + 61_000
      return isNew && !stepsOf(found).some((step) => step > 1) && found
    })
    assert.deepEqual(stepsOf(seconds), [1], `seconds ${seconds.join(' ')}`)
  })

  test('delivers what is in its queues when it is told to stop, within 3 s', async () => {
    const stoppedAtS = Math.floor(Date.now() / 1000)
    const { exitCode, tookMs } = await agent.stop()
    assert.equal(exitCode, 0, agent.output())
    assert.ok(tookMs <= 3000, `${tookMs} ms`)
    assert.ok(((await storedSeconds(url)).at(-1) ?? 0) >= stoppedAtS)
    console.log(`agent stopped in ${Math.round(tookMs)} ms`)
  })
})
