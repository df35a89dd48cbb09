import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { closeSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { pino } from 'pino'
import { ControlError, type ControlAnswer, type ControlLine } from '../../component/control.ts'
import { openSockets } from '../../libc/sockets.ts'
import { encodeCaptureHeader } from '../../wire/dogstatsd-capture/capture-header.ts'
import { decodeState, encodeState } from '../../wire/dogstatsd-capture/capture-state.ts'
import { PacketRecords } from '../../wire/dogstatsd-capture/packet-records.ts'
import type { Command, CommandIo, OptionValues } from '../command.ts'
import { createControlDoor, type ControlDoor } from '../control-door.ts'
import { controlPath } from '../control-socket.ts'
import { runCommandLine } from '../run-command-line.ts'
import { dogstatsdCapture } from './dogstatsd-capture.ts'
import { dogstatsdReplay } from './dogstatsd-replay.ts'
import { dogstatsdStats } from './dogstatsd-stats.ts'

const recorded = join(import.meta.dirname, '../../wire/dogstatsd-capture/cases/datadog-agent-7.dog')
const isRoot = process.getuid?.() === 0

let folder = ''
let door: ControlDoor
let ctrlC = new AbortController()
let printed = { out: '', err: '', progress: [] as string[] }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-dogstatsd-'))
  configure()
  const { signal } = new AbortController()
  door = createControlDoor({
    path: controlPath(folder, 'agent'),
    log: pino({ level: 'silent' }),
    signal,
  })
  await door.open()
  ctrlC = new AbortController()
  printed = { out: '', err: '', progress: [] }
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true })
})

function configure(options: Readonly<Record<string, string | number>> = {}): void {
  const document = { dogstatsd_socket: '', dogstatsd_port: 0, ...options, vigie: { data_dir: folder } } // prettier-ignore
  writeFileSync(join(folder, 'vigie.yaml'), JSON.stringify(document))
}

/** Runs a command line in this process. */
async function run(line: string): Promise<number> {
  const io: CommandIo = {
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    showProgress: (text) => printed.progress.push(text),
    env: {},
    cwd: folder,
    mainFile: '/main.ts',
    signal: ctrlC.signal,
  }
  const commands: readonly Command[] = [dogstatsdStats, dogstatsdCapture, dogstatsdReplay]
  return runCommandLine([...line.split(' '), '-c', join(folder, 'vigie.yaml')], commands, io)
}

function offer(name: string, answer: ControlAnswer): void {
  door.control.offer(name, answer)
}

async function* linesOf(...lines: ControlLine[]): AsyncGenerator<ControlLine> {
  yield* lines
}

describe('vigie dogstatsd-stats', () => {
  const lastSeenMs = new Date('2026-05-06T07:08:09Z').getTime()
  const rare = { id: 1, name: 'b.rare', tags: [], count: 2, lastSeenMs }
  const frequent = {
    id: 9,
    name: 'a.often',
    tags: ['x:1', 'y:\u001b[31m'],
    count: 1000,
    lastSeenMs,
  }

  test('lists metrics, those with most samples first, without what a terminal would obey', async () => {
    offer('dogstatsd-stats', () => linesOf(rare, frequent))
    assert.equal(await run('dogstatsd-stats'), 0)
    const time = new Date(lastSeenMs).toLocaleString('sv-SE')
    assert.deepEqual(printed.out.split('\n'), [
      'METRIC    TAGS          COUNT   LAST SEEN',
      `a.often   x:1 y:?[31m    1000   ${time}`,
      `b.rare                      2   ${time}`,
      '',
    ])
  })

  test('prints JSON as the Datadog Agent does, on one line or indented', async () => {
    offer('dogstatsd-stats', () => linesOf(rare, frequent))
    const expected = {
      1: { name: 'b.rare', count: 2, last_seen: '2026-05-06T07:08:09.000Z', tags: '' },
      9: {
        name: 'a.often',
        count: 1000,
        last_seen: '2026-05-06T07:08:09.000Z',
        tags: 'x:1 y:\u001b[31m',
      },
    }
    assert.equal(await run('dogstatsd-stats -j'), 0)
    assert.deepEqual(JSON.parse(printed.out), expected)
    assert.equal(printed.out.split('\n').length, 2)
    printed.out = ''
    assert.equal(await run('dogstatsd-stats --pretty-json'), 0)
    assert.deepEqual(JSON.parse(printed.out), expected)
    assert.match(printed.out, /\n {2}"1": \{\n {4}"name"/)
  })

  test('writes to a file, but over none', async () => {
    offer('dogstatsd-stats', () => linesOf(rare))
    assert.equal(await run('dogstatsd-stats -j -o stats.json'), 0)
    const path = join(folder, 'stats.json')
    assert.equal(printed.out, `Wrote ${path}\n`)
    const written = readFileSync(path, 'utf8')
    assert.equal(JSON.parse(written)[1].count, 2)
    assert.equal(await run('dogstatsd-stats -o stats.json'), 1)
    assert.match(
      printed.err,
      /stats\.json: it is there already; remove it, or name another file\n$/,
    )
    assert.equal(readFileSync(path, 'utf8'), written)
  })

  test('says so when nothing was received', async () => {
    offer('dogstatsd-stats', () => linesOf())
    assert.equal(await run('dogstatsd-stats'), 0)
    assert.equal(printed.out, 'No metrics received yet.\n')
  })

  test('says that there is no agent, or none that receives, in one sentence', async () => {
    assert.equal(await run('dogstatsd-stats'), 1)
    assert.match(printed.err, /^vigie: Nothing here answers "dogstatsd-stats": .*\n$/)
    await door.close()
    printed.err = ''
    assert.equal(await run('dogstatsd-stats'), 1)
    assert.match(printed.err, /^vigie: No agent is running with the data folder .*\n$/)
  })
})

describe('vigie dogstatsd-capture', () => {
  const begun = { path: '/d/a.dog', maxBytes: 2 ** 30, packets: 0, bytes: 8, leftMs: 1500, isOver: false } // prettier-ignore
  const over = { ...begun, path: '/d/a.dog.zstd', packets: 12, bytes: 2048, leftMs: 0, isOver: true } // prettier-ignore

  test('shows how far it is, and where the file lies at the end', async () => {
    offer('dogstatsd-capture', () => linesOf(begun, { ...begun, packets: 7, leftMs: 400 }, over))
    assert.equal(await run('dogstatsd-capture'), 0)
    assert.equal(printed.out, 'Wrote 12 packets, 2.0 KiB to /d/a.dog.zstd\n')
    assert.equal(printed.err, 'Capturing to /d/a.dog, at most 1.0 GiB\n')
    assert.deepEqual(printed.progress, [
      '0 packets, 8 B, 2 s left',
      '7 packets, 8 B, 1 s left',
      '12 packets, 2.0 KiB, 0 s left',
      '',
    ])
  })

  const asked: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    '': { duration_ms: '60000', compressed: 'true' },
    ' -d 1h30m -z=false': { duration_ms: '5400000', compressed: 'false' },
    ' --duration 500ms -z --path /tmp': { duration_ms: '500', compressed: 'true', folder: '/tmp' },
  }
  for (const [options, parameters] of Object.entries(asked)) {
    test(`asks the agent for what is wanted: ${options || 'the defaults'}`, async () => {
      let seen: unknown
      offer('dogstatsd-capture', (question) => {
        seen = Object.fromEntries(question.parameters)
        return linesOf(over)
      })
      assert.equal(await run(`dogstatsd-capture${options}`), 0)
      assert.deepEqual(seen, parameters)
    })
  }

  test('takes a folder from where it was called', async () => {
    let seen: string | undefined
    offer('dogstatsd-capture', ({ parameters }) => {
      seen = parameters.get('folder')
      return linesOf(over)
    })
    await run('dogstatsd-capture -p captures')
    assert.equal(seen, join(folder, 'captures'))
  })

  for (const options of ['-d 10', '-d 25h', '-d 0s', '-d x1s', '-z=maybe']) {
    test(`refuses ${options}`, async () => {
      assert.equal(await run(`dogstatsd-capture ${options}`), 2)
      assert.match(printed.err, /^error: Cannot use --(duration|compressed) /)
    })
  }

  test('ends in order on Ctrl-C', async () => {
    const ended = Promise.withResolvers<void>()
    async function* capture(): AsyncGenerator<ControlLine> {
      yield begun
      ctrlC.abort()
      await ended.promise
      yield over
    }
    offer('dogstatsd-capture', ({ parameters }) => {
      if (!parameters.has('end')) return capture()
      ended.resolve()
      return linesOf({ isEnding: true })
    })
    assert.equal(await run('dogstatsd-capture -d 24h'), 0)
    assert.match(printed.out, /^Wrote 12 packets/)
  })

  test('fails when the capture is not what was wanted, and says why', async () => {
    offer('dogstatsd-capture', () => linesOf(begun, { ...over, fault: 'The disk is full' }))
    assert.equal(await run('dogstatsd-capture'), 1)
    assert.match(printed.err, /warning: The disk is full\n$/)
    offer('dogstatsd-capture', () => linesOf(begun))
    assert.equal(await run('dogstatsd-capture'), 1)
    assert.match(printed.err, /The agent ended before the capture did\n$/)
  })
})

interface Received {
  readonly text: string
  readonly uid: number
  readonly gid: number
}

/** Listens as an agent does, and gives what has come. */
function listenUnix(path: string): { receive: () => Received[]; close: () => void } {
  const opening = openSockets()
  assert.ok(opening.kind === 'open')
  const { sockets } = opening
  const listener = sockets.create('unix', 'datagram')
  sockets.setOption(listener, 'passCredentials', 1)
  sockets.bind(listener, { family: 'unix', path })
  const batch = sockets.createBatch({ count: 64, messageBytes: 8192 })
  const receive = (): Received[] => {
    const count = sockets.receiveBatch(listener, batch)
    const bytes = Buffer.from(batch.memory.buffer)
    const all = Array.from({ length: count }, (_, at) => ({
      text: bytes.toString('utf8', batch.from(at), batch.from(at) + batch.lengthOf(at)),
      uid: batch.uidOf(at),
      gid: batch.gidOf(at),
    }))
    batch.rearm(count)
    return all
  }
  return { receive, close: () => closeSync(listener) }
}

/** A capture with a packet at each of these times. */
function makeCapture(timesMs: readonly number[]): Buffer {
  const records = new PacketRecords(64)
  for (const timeMs of timesMs) {
    const memory = Buffer.from(`at:${timeMs}|g`)
    records.append({ memory, from: 0, to: memory.length, pid: 0, timeMs })
  }
  const senders = encodeState({ containerIds: new Map(), containers: [], durationMs: 0 })
  const length = Buffer.of(senders.length, 0, 0, 0)
  return Buffer.concat([encodeCaptureHeader(), records.bytes, Buffer.alloc(4), senders, length])
}

const canListen = openSockets().kind === 'open'

describe('vigie dogstatsd-replay', { skip: !canListen && 'koffi cannot be loaded' }, () => {
  let listener: ReturnType<typeof listenUnix>
  beforeEach(() => {
    const path = join(folder, 'dsd.socket')
    listener = listenUnix(path)
    configure({ dogstatsd_socket: path })
    copyFileSync(recorded, join(folder, 'a.dog'))
    writeFileSync(join(folder, 'a.dog.zstd'), zstdCompressSync(readFileSync(recorded)))
  })
  afterEach(() => listener.close())

  for (const file of ['a.dog', 'a.dog.zstd']) {
    test(`sends the packets of ${file} for the processes they came from`, async () => {
      let told: ReturnType<typeof decodeState> | undefined
      const lent = Promise.withResolvers<void>()
      offer('dogstatsd-replay-state', async function* answer({ body, signal }) {
        told = decodeState(Buffer.concat(await Array.fromAsync(body)))
        yield { isOriginDetected: true }
        assert.deepEqual(listener.receive(), [])
        await once(signal, 'abort')
        lent.resolve()
      })
      assert.equal(await run(`dogstatsd-replay -f ${file}`), 0)
      const received = listener.receive()
      assert.deepEqual(
        received.map(({ text }) => text),
        [
          'shop.orders:1|c|#env:test,team:a\n',
          'load:0.7|g',
          'page.ms:12:15:11|d|@0.5\n_sc|db|0|m:all good, été',
        ],
      )
      assert.match(printed.out, /^Sent 3 packets, 93 B, to .*dsd\.socket in [\d.]+ m?s\n$/)
      if (!isRoot) {
        assert.match(printed.err, /not get the tags of their containers: only root/)
        return
      }
      assert.deepEqual(
        received.map(({ uid, gid }) => [uid, gid]),
        [[4242, 999_888_777], [0, 0], [2_147_483_647, 999_888_777]], // prettier-ignore
      )
      assert.deepEqual([told?.containerIds.size, told?.containers.length], [2, 1])
      assert.equal(printed.err, '')
      await lent.promise
    })
  }

  test('keeps the pace, loop after loop', async () => {
    writeFileSync(join(folder, 'b.dog'), makeCapture([1000, 1030, 1060]))
    const startMs = performance.now()
    assert.equal(await run('dogstatsd-replay -f b.dog -l 2 -v'), 0)
    assert.ok(performance.now() - startMs > 110)
    const texts = listener.receive().map(({ text }) => text)
    assert.deepEqual(texts, [1000, 1030, 1060, 1000, 1030, 1060].map((at) => `at:${at}|g`)) // prettier-ignore
    assert.equal(printed.out.match(/^Sent 9 bytes of process 0$/gm)?.length, 6)
  })

  test('loops until Ctrl-C, also where a packet is an hour away', async () => {
    writeFileSync(join(folder, 'b.dog'), makeCapture([1000, 3_601_000]))
    const done = run('dogstatsd-replay -f b.dog -l 0')
    let received: Received[] = []
    while (received.length === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      received = listener.receive()
    }
    ctrlC.abort()
    assert.equal(await done, 0)
    assert.match(printed.out, /^Sent 1 packets/)
  })

  test('waits for an agent that reads slowly', async () => {
    const times = Array.from({ length: 2000 }, () => 1000)
    writeFileSync(join(folder, 'b.dog'), makeCapture(times))
    const done = run('dogstatsd-replay -f b.dog')
    let count = 0
    while (count < times.length) {
      await new Promise((resolve) => setImmediate(resolve))
      count += listener.receive().length
    }
    assert.equal(await done, 0)
    assert.match(printed.out, /^Sent 2000 packets/)
  })

  test('sends what is whole of a capture that was cut, and says so', async () => {
    writeFileSync(join(folder, 'b.dog'), readFileSync(recorded).subarray(0, 150))
    assert.equal(await run('dogstatsd-replay -f b.dog'), 0)
    assert.equal(listener.receive().length, 2)
    assert.match(printed.err, /b\.dog ends early; what is whole of it is sent\n/)
  })

  test('goes on without the tags of containers when the agent does not answer', async () => {
    assert.equal(await run('dogstatsd-replay -f a.dog'), 0)
    assert.equal(listener.receive().length, 3)
    const why = isRoot ? 'Nothing here answers' : 'only root'
    assert.match(
      printed.err,
      new RegExp(`^warning: packets do not get the tags of their containers: ${why}.*\n$`),
    )
  })

  test('says it once when the agent gives up on the containers meanwhile', async () => {
    offer('dogstatsd-replay-state', async function* answer() {
      yield { isOriginDetected: true }
      throw new ControlError('The worker of DogStatsD ended')
    })
    assert.equal(await run('dogstatsd-replay -f a.dog'), 0)
    assert.equal(printed.err.match(/warning/g)?.length, 1)
  })

  test('uses UDP where there is no socket', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const { port } = socket.address()
    const texts: string[] = []
    const all = new Promise<void>((resolve) => {
      socket.on('message', (bytes) => {
        if (texts.push(bytes.toString()) === 3) resolve()
      })
    })
    configure({ dogstatsd_socket: join(folder, 'none'), dogstatsd_port: port })
    assert.equal(await run('dogstatsd-replay -f a.dog'), 0)
    await all
    socket.close()
    assert.equal(texts[1], 'load:0.7|g')
    assert.match(printed.out, new RegExp(`to UDP 127\\.0\\.0\\.1 port ${port} in`))
    assert.match(printed.err, /none is not there, so that UDP is used\n$/)
  })

  const refusals: Readonly<Record<string, readonly [string, RegExp, OptionValues?]>> = {
    'no file': ['', /^error: Nothing to replay: name a file with --file\n/],
    'a file that is not there': [' -f none', /^vigie: Cannot replay .*none: ENOENT.*\n$/],
    'a folder': [' -f .', /^vigie: Cannot replay .*: it is no file\n$/],
    'a file of another kind': [
      ' -f vigie.yaml',
      /Cannot replay .*: This is no capture of DogStatsD/,
    ],
    'half a loop': [' -f a.dog -l 0.5', /^error: Cannot use --loops 0\.5/],
  }
  for (const [what, [options, says]] of Object.entries(refusals)) {
    test(`refuses ${what} in one sentence`, async () => {
      assert.notEqual(await run(`dogstatsd-replay${options}`), 0)
      assert.match(printed.err, says)
    })
  }

  test('says what to do when nobody listens, or nothing is switched on', async () => {
    listener.close()
    listener = listenUnix(join(folder, 'other.socket'))
    assert.equal(await run('dogstatsd-replay -f a.dog'), 1)
    assert.match(
      printed.err,
      /^vigie: Cannot connect to .*dsd\.socket: ECONNREFUSED; start the agent/,
    )
    configure()
    printed.err = ''
    assert.equal(await run('dogstatsd-replay -f a.dog'), 1)
    assert.match(printed.err, /both dogstatsd_socket and dogstatsd_port are switched off\n$/)
  })
})
