import assert from 'node:assert/strict'
import {
  appendFileSync,
  mkdirSync,
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import { makeOrigin } from '../../../../test/agent/log-blocks.ts'
import type { LogLedger } from '../../../model/log-ledger.ts'
import { FileLog } from './file-log.ts'

/** A file that is rotated, and agents that read it one after the other, each killed at any moment. */
class Play implements AsyncDisposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-killed-'))
  readonly #random: (below: number) => number
  /** All that was ever shipped. */
  readonly shipped = new Set<string>()
  #written = 0
  #agents = 0
  #opened: OpenLogTools | undefined
  #log: FileLog | undefined

  constructor(seed: number) {
    this.#random = randomNumbers(seed)
  }

  /** Some lines, then perhaps a rotation that keeps three files. */
  write(): void {
    const lines = Array.from({ length: this.#random(20) }, () => {
      this.#written += 1
      const timeNs = 1_790_000_000_000_000_000n + BigInt(this.#written)
      const time = `2026-09-21T14:13:20.${String(timeNs % 1_000_000_000n).padStart(9, '0')}Z`
      return `{"log":"${this.#written}\\n","stream":"stdout","time":"${time}"}\n`
    })
    appendFileSync(this.#path, lines.join(''))
    if (this.#random(3) > 0) return
    rmSync(`${this.#path}.2`, { force: true })
    for (const [from, to] of [
      ['.1', '.2'],
      ['', '.1'],
    ])
      renameIfThere(`${this.#path}${from}`, `${this.#path}${to}`)
  }

  /** Of what is on disk, some is read, and some of what is on its way is answered. */
  async read(): Promise<void> {
    const { shipped } = (this.#opened ??= await this.#start())
    if (this.#random(2) === 0) await within(5000, this.#log?.drained() ?? Promise.resolve())
    if (this.#random(3) === 0) shipped.release()
    shipped.isHeld = this.#random(3) > 0
    for (let turns = this.#random(10); turns > 0; turns -= 1) await turn()
  }

  /** The next one finds what is on the disk at this moment. */
  async kill(): Promise<void> {
    const opened = this.#opened
    if (opened === undefined) return
    this.#agents += 1
    copyInstant(this.#stateOf(this.#agents - 1), this.#stateOf(this.#agents))
    for (const text of opened.shipped.texts) this.shipped.add(text)
    opened.tools.follower.close()
    this.#opened = undefined
    await opened.tools.gatherer.close(AbortSignal.abort())
  }

  /** The ledger once all that is on disk has been read and answered. */
  async end(): Promise<LogLedger> {
    const { tools, shipped } = (this.#opened ??= await this.#start())
    shipped.release()
    await within(5000, this.#log?.finish('keep') ?? Promise.resolve())
    const [ledger] = tools.gatherer.ledgers(0)
    assert.ok(ledger)
    for (const text of shipped.texts) this.shipped.add(text)
    return ledger
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened?.[Symbol.asyncDispose]()
    this.#folder.remove()
  }

  get #path(): string {
    return join(this.#folder.path, 'a-json.log')
  }

  #stateOf(agent: number): string {
    return join(this.#folder.path, `state-${agent}`)
  }

  async #start(): Promise<OpenLogTools> {
    const state = this.#stateOf(this.#agents)
    mkdirSync(state, { recursive: true })
    const opened = await openLogTools({ batchWaitMs: 1 }, state)
    this.#log = new FileLog(opened.tools, {
      path: this.#path,
      framing: 'docker-json',
      rotation: 'numbered',
      start: 'beginning',
      config: { kind: 'file', place: 'x', tags: [], rules: [] },
      origin: makeOrigin(),
      subject: { key: 'a', name: 'Log a' },
    })
    return opened
  }
}

describe('the ledger of a file whose agents are killed', { timeout: 60_000 }, () => {
  test('counts each line that was ever shipped once', async () => {
    let unanswered = 0
    for (let seed = 1; seed <= 6; seed += 1) {
      await using play = new Play(seed)
      const random = randomNumbers(seed + 1000)
      for (let step = 0; step < 40; step += 1) {
        play.write()
        if (random(3) > 0) await play.read()
        if (random(6) === 0) await play.kill()
      }
      const ledger = await play.end()
      const { readLines, sentLines, unansweredLines, waitingLines } = ledger
      assert.equal(readLines, play.shipped.size, `seed ${seed}`)
      assert.deepEqual([waitingLines, sentLines + unansweredLines], [0, readLines], `seed ${seed}`)
      unanswered += unansweredLines
    }
    assert.ok(unanswered > 0, 'the file of the settled place was never gone')
  })
})

/** A kill leaves what is there at one instant: other threads may be in the middle of writing while files are copied. */
function copyInstant(from: string, to: string): void {
  let files = readFiles(from)
  for (let before = ''; JSON.stringify(files) !== before; files = readFiles(from)) {
    before = JSON.stringify(files)
  }
  mkdirSync(to)
  for (const [name, text] of files) writeFileSync(join(to, name), text)
}

function readFiles(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      return [[name, readFileSync(join(folder, name), 'utf8')] as const]
    } catch {
      return []
    }
  })
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // There are not so many yet.
  }
}

/** The same whole numbers below a bound each time, for the same seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
