import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogLedgerList, LogLedgerRow } from '../../src/api/contract/logs.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { openFaultyRelay, type FaultyRelay } from './faulty-relay.ts'
import {
  endWriter,
  findGaps,
  findLogFile,
  hasOpen,
  numberedWriter,
  readOldestNumber,
  readStoredNumbers,
} from './numbered-lines.ts'
import { getJson, startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const agentKills = 10
const serverKills = 5
/** What is written in a second, with some room: what may be in flight when something is killed. */
const linesInFlight = 25_000

/** A kill of the agent, and what it cannot be blamed for. */
interface Absence {
  /** The highest number that was stored before it. */
  readonly storedBefore: number
  /** The lowest one that was on disk when the next agent had opened the file. */
  readonly oldestAfter: number
}

describe('numbered lines, 20,000 a second on 3 MB of disk', () => {
  let folder: string
  let engine: PrivateEngine
  let relay: FaultyRelay
  let server: Vigie
  let agent: Vigie
  let url: string
  let id: string
  let logFile: string
  let lineCount: number
  const absences: Absence[] = []

  const startServer = async (): Promise<void> => {
    server = await startVigie(['server'], {
      dataDir: join(folder, 'server'),
      env: url === undefined ? {} : { VIGIE_LISTEN: new URL(url).host },
    })
    url = await server.url()
  }
  const startAgent = async (): Promise<void> => {
    agent = await startVigie(['agent'], {
      dataDir: join(folder, 'agent'),
      env: {
        VIGIE_SERVER_URL: relay.url,
        DD_API_KEY: await server.key(),
        DOCKER_HOST: engine.dockerHost,
      },
    })
    await waitUntil('the agent has opened the file', 30_000, () =>
      hasOpen(agent.process.pid ?? 0, logFile),
    )
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    for (const name of ['server', 'agent']) await mkdir(join(folder, name))
    engine = await startPrivateEngine()
    await startServer()
    relay = await openFaultyRelay(url)
    const writer = await engine.run(numberedWriter())
    id = writer.id
    logFile = await findLogFile(engine, id)
    await startAgent()
  })

  after(async () => {
    for (const part of [agent, server, relay, engine]) await part?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  test('are stored, all that an agent found on disk, whatever is killed, cut or slow', async (t) => {
    const kills = shuffle([
      ...Array<'agent'>(agentKills).fill('agent'),
      ...Array<'server'>(serverKills).fill('server'),
      ...Array<'cut'>(3).fill('cut'),
      ...Array<'delay'>(2).fill('delay'),
    ])
    t.diagnostic(kills.join(' '))
    for (const kill of kills) {
      await sleep(Math.random() * 1000)
      if (kill === 'agent') await killAgent()
      else if (kill === 'server') await killServer()
      else if (kill === 'cut') relay.cut()
      else {
        relay.delay(300)
        await sleep(1000)
        relay.delay(0)
      }
    }
    lineCount = await endWriter(engine, id)
    await waitUntil('the last line is stored', 60_000, async () => {
      const { highest } = await readStoredNumbers(url, id)
      return highest === lineCount - 1
    })
    const lost = (await findGaps(url, id)).filter(
      (gap) => !absences.some((one) => excuses(one, gap)),
    )
    assert.deepEqual(lost, [], `absences ${JSON.stringify(absences)}`)
  })

  test('are there twice only as far as they were in flight', async (t) => {
    const { lines, distinct } = await readStoredNumbers(url, id)
    t.diagnostic(`${lines} lines, ${distinct} of them different, of ${lineCount} written`)
    assert.ok(lines - distinct <= (agentKills + serverKills) * linesInFlight, `${lines - distinct}`)
  })

  test('are counted in the ledger, but for those that no agent read, whatever was stored of them', async (t) => {
    const { lines, distinct } = await readStoredNumbers(url, id)
    const ledger = await waitUntil('the ledger to be told', 30_000, async () => {
      const found = await readLedger()
      return found !== undefined && found.waitingLines === 0 && found.storedLines === lines && found
    })
    const { readLines, sentLines, unansweredLines } = ledger
    t.diagnostic(`${readLines} lines read, ${unansweredLines} of them never answered for`)
    assert.equal(ledger.duplicatedLines, lines - distinct)
    assert.equal(readLines, sentLines + unansweredLines)
    assert.ok(sentLines <= distinct && distinct <= readLines, `${sentLines} ${distinct}`)
    assert.ok(readLines <= lineCount)
    assert.equal(ledger.droppedLines + ledger.refusedLines + ledger.truncatedLines, 0)
    assert.ok(ledger.rotations > 20, `${ledger.rotations} rotations`)
  })

  async function killAgent(): Promise<void> {
    await agent.stop('SIGKILL')
    const { highest: storedBefore } = await readStoredNumbers(url, id)
    await startAgent()
    const oldestAfter = await waitUntil('a file on disk', 30_000, () => readOldestNumber(logFile))
    absences.push({ storedBefore, oldestAfter })
  }

  async function killServer(): Promise<void> {
    await server.stop('SIGKILL')
    await startServer()
  }

  async function readLedger(): Promise<LogLedgerRow | undefined> {
    const { ledgers } = await getJson<LogLedgerList>(`${url}/api/logs/ledger?container=${id}`)
    return ledgers[0]
  }
})

/**
 * The gap lies between what was stored before the kill and what was on disk after it. What was on its way at the kill may
 * have arrived in part.
 */
function excuses(
  { storedBefore, oldestAfter }: Absence,
  { after: last, before: next }: { readonly after: number; readonly before: number },
): boolean {
  return last >= storedBefore - linesInFlight && next <= oldestAfter
}

function shuffle<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
