import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { createTagger } from '../../../component/create-tagger.ts'
import type { ControlAnswer, ControlLine } from '../../../component/control.ts'
import { CaptureReader } from '../../../wire/dogstatsd-capture/capture-reader.ts'
import { encodeState, type CaptureState } from '../../../wire/dogstatsd-capture/capture-state.ts'
import { Capturing } from '../receive/capturing.ts'
import { openCaptureFile } from '../receive/capture-file.ts'
import type { Context, ContextStats, FromWorker, ToWorker } from '../worker-messages.ts'
import { createCaptureAnswer, type CaptureParts } from './answer-capture.ts'
import { createReplayAnswer } from './answer-replay-state.ts'
import { createStatsAnswer } from './answer-stats.ts'
import { SpikeWindow } from './spike-window.ts'
import type { HeldWorker, WorkerLink } from './worker-link.ts'

/** The capturing half of a worker, in this thread; packets are given to it by hand. */
class NearWorker implements WorkerLink {
  readonly told: ToWorker[] = []
  readonly #capturing = new Capturing(openCaptureFile, (report) => {
    if (report.kind !== 'listening') this.report(report)
  })
  readonly #listeners = new Set<(report: FromWorker) => void>()
  readonly #ended = new AbortController()
  holders = 0
  isRunning = true
  isSilent = false
  stats: readonly ContextStats[] = []

  readonly running = (): HeldWorker | undefined => (this.isRunning ? this.#access() : undefined)

  readonly hold = async (): Promise<HeldWorker> => {
    this.holders += 1
    this.isRunning = true
    return this.#access()
  }

  readonly packet = (text: string, sender = 0, pid = 0): void => {
    const memory = Buffer.from(text)
    const place = { from: 0, to: memory.length, sender, transport: 'uds' } as const
    this.#capturing.packet(memory, place, pid)
  }

  readonly report = (report: FromWorker): void => {
    if (this.isSilent) return
    for (const listener of this.#listeners) listener(report)
  }

  readonly fail = (): void => this.#ended.abort()

  #access(): HeldWorker {
    return {
      tell: (message) => this.#take(message),
      onReport: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      ended: this.#ended.signal,
      release: () => (this.holders -= 1),
    }
  }

  #take(message: ToWorker): void {
    this.told.push(message)
    if (message.kind === 'capture') {
      const containerIdOf = (sender: number): string | undefined => ['', 'aaa', 'bbb'][sender]
      this.#capturing.open({ ...message, containerIdOf }, Date.now())
    }
    if (message.kind === 'end-capture') this.#capturing.close()
    if (message.kind === 'stats') this.report({ ...message, stats: this.stats })
  }
}

let folder = ''
let worker = new NearWorker()
let nowMs = 1_700_000_000_999
let tagger = createTagger()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-answers-'))
  worker = new NearWorker()
  nowMs = 1_700_000_000_999
  tagger = createTagger(() => nowMs)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function* bodyOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function ask(
  answer: ControlAnswer,
  parameters: Record<string, string> = {},
  { body, signal }: { body?: Uint8Array; signal?: AbortSignal } = {},
): AsyncIterator<ControlLine> {
  const question = {
    parameters: new Map(Object.entries(parameters)),
    body: bodyOf(body ?? new Uint8Array()),
    signal: signal ?? new AbortController().signal,
  }
  return answer(question)[Symbol.asyncIterator]()
}

/** The lines that are left. */
async function readOut(lines: AsyncIterator<ControlLine>): Promise<ControlLine[]> {
  return Array.fromAsync({ [Symbol.asyncIterator]: () => lines })
}

async function last(lines: AsyncIterator<ControlLine>): Promise<ControlLine> {
  return (await readOut(lines)).at(-1) ?? {}
}

function capturing(change: Partial<CaptureParts> = {}): ControlAnswer {
  return createCaptureAnswer({
    link: worker,
    tagger,
    folder: join(folder, 'own'),
    signal: new AbortController().signal,
    clock: () => nowMs,
    tellEveryMs: 1,
    ...change,
  })
}

function readCapture(line: ControlLine) {
  const path = String(line['path'])
  const bytes = readFileSync(path)
  const reader = new CaptureReader()
  const whole = path.endsWith('.zstd') ? zstdDecompressSync(bytes) : bytes
  const texts = Array.from(reader.read(whole), ({ payload }) => Buffer.from(payload).toString())
  return { texts, ...reader.end() }
}

describe('createStatsAnswer()', () => {
  const contexts = new Map<number, Context>([
    [3, { id: 3, type: 'count', name: 'shop.orders', tags: ['a:1', 'b:2'], originId: 0 }],
  ])

  function asking(patienceMs = 1000, isCounting = true): ControlAnswer {
    const contextOf = (id: number): Context | undefined => contexts.get(id)
    return createStatsAnswer({ isCounting, link: worker, contextOf, patienceMs })
  }

  test('tells of each context by its name, leaving out those that are gone', async () => {
    worker.stats = [
      { contextId: 3, count: 12, lastSeenMs: 1_700_000_000_000 },
      { contextId: 4, count: 1, lastSeenMs: 1_700_000_000_000 },
    ]
    assert.deepEqual(await readOut(ask(asking())), [
      {
        id: 3,
        name: 'shop.orders',
        tags: ['a:1', 'b:2'],
        count: 12,
        lastSeenMs: 1_700_000_000_000,
      },
    ])
  })

  test('says how to have samples counted where they are not', async () => {
    await assert.rejects(readOut(ask(asking(1000, false))), {
      name: 'ControlError',
      message: /set dogstatsd_metrics_stats_enable to true/,
    })
    assert.deepEqual(worker.told, [])
  })

  test('wakes no worker to say that there is nothing', async () => {
    worker.isRunning = false
    assert.deepEqual(await readOut(ask(asking())), [])
    assert.equal(worker.isRunning, false)
  })

  test('gives up on a worker that does not answer, and on one that ends', async () => {
    worker.isSilent = true
    await assert.rejects(readOut(ask(asking(20))), {
      name: 'ControlError',
      message: 'The worker of DogStatsD has not answered for 0.02 s',
    })
    const lines = readOut(ask(asking()))
    worker.fail()
    assert.deepEqual(await lines, [])
  })
})

describe('createCaptureAnswer()', () => {
  test('writes what comes, with the containers that sent it, compressed', async () => {
    worker.isRunning = false
    tagger.publish({
      id: 'aaa',
      tags: { low: ['image_name:shop'], orchestrator: ['image_name:shop', 'task:1'], high: ['image_name:shop', 'task:1', 'container_name:shop-1'] }, // prettier-ignore
    })
    const answer = capturing()
    const lines = ask(answer, { duration_ms: '60000' })
    const { value: first } = await lines.next()
    const path = join(folder, 'own/datadog-capture-1700000000.dog')
    assert.deepEqual([first.path, first.leftMs, first.isOver], [path, 60_000, false])
    assert.ok(first.maxBytes > 1_000_000 && first.maxBytes <= 2 ** 30)
    worker.packet('a:1|c', 1, 11)
    worker.packet('b:2|g', 2, 12)
    await readOut(ask(answer, { end: '1' }))
    const over = await last(lines)
    assert.equal(over['packets'], 2)
    assert.equal(over['path'], `${path}.zstd`)
    assert.equal(over['bytes'], statSync(`${path}.zstd`).size)
    assert.deepEqual(readdirSync(join(folder, 'own')), ['datadog-capture-1700000000.dog.zstd'])
    assert.equal(statSync(`${path}.zstd`).mode & 0o777, 0o600)
    assert.deepEqual(readCapture(over), {
      texts: ['a:1|c', 'b:2|g'],
      isCut: false,
      state: {
        containerIds: new Map([[11, 'aaa'], [12, 'bbb']]), // prettier-ignore
        containers: [
          {
            id: 'aaa',
            tags: { low: ['image_name:shop'], orchestrator: ['task:1'], high: ['container_name:shop-1'] }, // prettier-ignore
          },
        ],
        durationMs: 60_000,
      },
    })
    assert.equal(worker.holders, 0)
  })

  test('writes to the folder that is named, as it is', async () => {
    const over = await last(ask(capturing(), { duration_ms: '5', compressed: 'false', folder }))
    assert.equal(over['path'], join(folder, 'datadog-capture-1700000000.dog'))
    assert.deepEqual([readCapture(over).texts, over['isOver']], [[], true])
  })

  test('ends when it is told to, and lets another follow', async () => {
    const answer = capturing()
    const lines = ask(answer, { duration_ms: '3600000' })
    await lines.next()
    worker.packet('a:1|c')
    await assert.rejects(readOut(ask(answer, { duration_ms: '1000' })), /running already/)
    assert.deepEqual(await readOut(ask(answer, { end: '1' })), [{ isEnding: true }])
    assert.deepEqual(readCapture(await last(lines)).texts, ['a:1|c'])
    await assert.rejects(readOut(ask(answer, { end: '1' })), /No capture is running/)
  })

  test('is closed though whoever asked takes no more lines', async () => {
    const leave = new AbortController()
    const lines = ask(capturing(), { duration_ms: '3600000' }, { signal: leave.signal })
    await lines.next()
    leave.abort()
    assert.equal(worker.told.at(-1)?.kind, 'end-capture')
    assert.equal((await last(lines))['isOver'], true)
  })

  test('stays uncompressed when the agent stops, and can be read', async () => {
    const stop = new AbortController()
    const lines = ask(capturing({ signal: stop.signal }), { duration_ms: '3600000' })
    await lines.next()
    worker.packet('a:1|c')
    stop.abort()
    const over = await last(lines)
    assert.match(String(over['fault']), /could not be compressed/)
    assert.deepEqual(readCapture(over).texts, ['a:1|c'])
    assert.equal(existsSync(`${String(over['path'])}.zstd`), false)
  })

  test('keeps what there is when the worker ends meanwhile', async () => {
    const lines = ask(capturing(), { duration_ms: '3600000' })
    await lines.next()
    worker.fail()
    assert.equal(worker.told.at(-1)?.kind, 'end-capture')
    const over = await last(lines)
    assert.equal(over['fault'], 'The worker of DogStatsD ended')
    assert.deepEqual(readCapture(over), {
      texts: [],
      isCut: false,
      state: { containerIds: new Map(), containers: [], durationMs: 3_600_000 },
    })
  })

  const refusals: Readonly<Record<string, readonly [Record<string, string>, RegExp]>> = {
    'no duration': [{}, /cannot take no ms/],
    'a duration of days': [{ duration_ms: '99999999999' }, /allowed are up to 24 hours/],
    'a folder that is not there': [
      { duration_ms: '1', folder: '/nowhere/at/all' },
      /^Cannot write a capture to \/nowhere\/at\/all: ENOENT/,
    ],
    'a folder that is a file': [{ duration_ms: '1', folder: '/dev/null' }, /it is no folder$/],
  }
  for (const [what, [parameters, says]] of Object.entries(refusals)) {
    test(`refuses ${what}`, async () => {
      await assert.rejects(readOut(ask(capturing(), parameters)), {
        name: 'ControlError',
        message: says,
      })
      assert.equal(worker.holders, 0)
    })
  }
})

describe('createReplayAnswer()', () => {
  const state: CaptureState = {
    containerIds: new Map([[11, 'aaa']]),
    containers: [
      { id: 'aaa', tags: { low: ['a:1'], orchestrator: ['b:2'], high: ['c:3'] } },
      { id: 'here', tags: { low: ['old:1'], orchestrator: [], high: [] } },
    ],
    durationMs: 0,
  }

  function replaying(): ControlAnswer {
    return createReplayAnswer({ link: worker, tagger, isOriginDetected: true })
  }

  test('lends the containers of a capture to the tagger until the asker is gone', async () => {
    tagger.publish({ id: 'here', tags: { low: ['new:1'], orchestrator: [], high: [] } })
    const leave = new AbortController()
    const options = { body: encodeState(state), signal: leave.signal }
    const lines = ask(replaying(), {}, options)
    assert.deepEqual((await lines.next()).value, {
      processes: 1,
      containers: 2,
      isOriginDetected: true,
    })
    assert.deepEqual(tagger.tagsOf('aaa', 'high'), ['a:1', 'b:2', 'c:3'])
    assert.deepEqual(tagger.tagsOf('aaa', 'orchestrator'), ['a:1', 'b:2'])
    assert.deepEqual(tagger.tagsOf('here', 'low'), ['new:1'])
    assert.deepEqual(worker.told, [
      { kind: 'replayed-processes', containerIds: state.containerIds },
    ])
    assert.equal(worker.holders, 1)
    leave.abort()
    assert.deepEqual(await readOut(lines), [])
    assert.equal(worker.holders, 0)
    // What was sent is told of later: tags are kept for some minutes.
    assert.deepEqual(tagger.tagsOf('aaa', 'low'), ['a:1'])
    nowMs += 600_000
    tagger.publish({ id: 'other', tags: { low: [], orchestrator: [], high: [] } })
    assert.equal(tagger.tagsOf('aaa', 'low'), undefined)
    assert.deepEqual(tagger.tagsOf('here', 'low'), ['new:1'])
  })

  test('lets one replay follow another, not two at once', async () => {
    const answer = replaying()
    const leave = new AbortController()
    const lines = ask(answer, {}, { signal: leave.signal })
    await lines.next()
    await assert.rejects(readOut(ask(answer)), /Another capture is being replayed/)
    leave.abort()
    await readOut(lines)
    const gone = AbortSignal.abort()
    assert.equal((await readOut(ask(answer, {}, { signal: gone }))).length, 1)
  })

  test('refuses what is no list of containers', async () => {
    const body = Buffer.from('0aff01', 'hex')
    await assert.rejects(readOut(ask(replaying(), {}, { body })), {
      name: 'ControlError',
      message: /^Cannot read the containers of a capture/,
    })
    assert.equal(worker.holders, 0)
  })
})

describe('SpikeWindow', () => {
  test('finds a second with more samples than the four before together', () => {
    const window = new SpikeWindow()
    const totals = [1000, 1010, 1020, 1030, 1040, 1080, 1121, 1131]
    assert.deepEqual(
      totals.map((total) => window.next(total)),
      // The first has nothing to be compared with; the second comes after silence.
      [undefined, [0, 10], undefined, undefined, undefined, undefined, undefined, undefined],
    )
    assert.deepEqual(window.next(1131 + 102), [10, 40, 41, 10, 102])
  })
})
