import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { openFaultyIntake, type Treatment } from '../agent/faulty-intake.ts'
import { runForwarder, stopClock } from '../agent/run-forwarder.ts'
import { readSegment } from '../../src/sinks/forwarder/disk/segment-format.ts'

const memoryBytes = 256 * 1024
const maxBytes = 3_000_000
const hour = 3600

/** Bytes of all files below a folder. */
async function bytesBelow(folder: string): Promise<number> {
  const paths = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = paths.map(async (path) => {
    const found = await stat(join(folder, path)).catch(() => undefined)
    return found?.isFile() === true ? found.size : 0
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** A payload of some 1,500 bytes that says its number. */
function numbered(n: number): string {
  return String(n).padEnd(1500, ' series')
}

describe('an intake that fails for hours', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  let random = 1
  /** The same in each run. */
  const nextRandom = (): number => {
    random = (random * 16_807) % 2_147_483_647
    return random
  }
  const faults: Readonly<Record<string, { treat: () => Treatment }>> = {
    'answers 500': { treat: () => 500 },
    'answers 429': { treat: () => 429 },
    'answers 429 and asks for a minute': { treat: () => ({ status: 429, retryAfter: '60' }) },
    'answers 403': { treat: () => 403 },
    hangs: { treat: () => 'hang' },
    'cuts the connection': { treat: () => 'cut' },
    'closes half-way': { treat: () => 'half an answer' },
    'answers with something else than HTTP': { treat: () => 'garbage' },
    'takes what it is sent, and its answers are lost': { treat: () => 'answer lost' },
    'does something else each time': {
      treat: () => {
        const all: Treatment[] = [500, 'hang', 202, 'cut', 202, 429, 202, 'answer lost', 202]
        return all[nextRandom() % all.length] ?? 202
      },
    },
  }
  for (const [name, { treat }] of Object.entries(faults)) {
    test(`${name}: memory and disk stay within their bounds, what fits arrives once`, async (t) => {
      stopClock(t)
      await using intake = await openFaultyIntake()
      const run = runForwarder(t, {
        url: intake.url,
        folder,
        settings: { memoryBytes },
        disk: { maxBytes },
      })
      let pushed = 0
      const most = { memory: 0, disk: 0, files: 0 }
      const passWithPayloads = async (seconds: number): Promise<void> => {
        for (let second = 0; second < seconds; second += 1) {
          run.push(numbered(pushed))
          pushed += 1
          await run.pass(1)
          const { memoryBytes: memory, diskBytes: disk } = run.endpoint()
          most.memory = Math.max(most.memory, memory)
          most.disk = Math.max(most.disk, disk)
          if (second % 60 === 0) most.files = Math.max(most.files, await bytesBelow(folder))
        }
      }
      await passWithPayloads(60)
      intake.treat = treat
      await passWithPayloads(hour)
      intake.treat = () => 202
      await passWithPayloads(120)
      await run.passUntil(() => run.endpoint().waiting === 0)

      console.log(
        `${name}: memory ≤ ${most.memory} of ${memoryBytes}, disk ≤ ${most.disk} (files ${most.files}) of ${maxBytes} bytes; ${pushed} handed over, ${intake.taken.size} arrived, ${JSON.stringify(run.dropped())}`,
      )
      assert.ok(most.memory <= memoryBytes && most.disk <= maxBytes && most.files <= maxBytes)
      const missing = Array.from({ length: pushed }, (_one, n) => n).filter(
        (n) => !intake.taken.has(numbered(n)),
      )
      const lost = Object.values(run.dropped()).reduce((sum, count) => sum + count, 0)
      const isCounted = missing.length <= lost && missing.length >= lost - intake.untold.size
      assert.ok(isCounted, `${missing.length} are missing, ${lost} are counted as lost`)
      const twice = [...intake.taken].filter(
        ([body, count]) => count > 1 && !intake.untold.has(body),
      )
      assert.equal(twice.length, 0, 'only what was not acknowledged is sent again')
      assert.ok(pushed - lost >= maxBytes / 2 / 1500, `${pushed - lost} of ${pushed} kept`)
      await run.stop()
    })
  }

  test('delivers all of an outage that fits, none twice', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const run = runForwarder(t, {
      url: intake.url,
      folder,
      settings: { memoryBytes },
      disk: { maxBytes },
    })
    const count = 1500
    for (let n = 0; n < count; n += 1) {
      run.push(numbered(n))
      await run.pass(1)
    }
    intake.treat = () => 202
    await run.passUntil(() => intake.taken.size === count)
    assert.deepEqual([run.dropped(), [...new Set(intake.taken.values())]], [{}, [1]])
    await run.stop()
  })

  test('an agent that is killed while it writes loses nothing that it had written', async () => {
    for (let time = 0; time < 3; time += 1) {
      const script = new URL('../agent/store-until-killed.ts', import.meta.url).pathname
      const child = spawn(process.execPath, [script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let seen = 0
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.length
        if (seen > 300 + time * 100) child.kill('SIGKILL')
      })
      const written = (await text(child.stdout)).trim().split('\n').map(Number)
      const found = await findSequences()
      assert.deepEqual(
        written.filter((sequence) => !found.has(sequence)),
        [],
      )
      console.log(`killed after ${written.length} payloads, ${found.size} are on disk`)
      await rm(folder, { recursive: true })
    }
  })

  /** Of all payloads that can be read. */
  async function findSequences(): Promise<ReadonlySet<number>> {
    const paths = await readdir(folder, { recursive: true })
    const segments = paths.filter((path) => path.endsWith('.payloads'))
    const found = new Set<number>()
    for (const path of segments) {
      const { records } = readSegment(await readFile(join(folder, path)), '/r')
      for (const { entry } of records) found.add(entry.sequence)
    }
    return found
  }
})
