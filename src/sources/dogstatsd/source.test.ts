import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createSocket } from 'node:dgram'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Collected } from '../../../test/agent/collected.ts'
import { dogstatsdDefaults } from '../../../test/agent/dogstatsd-settings.ts'
import {
  makeEnvironment,
  makeSourceContext,
  makeTelemetry,
  within,
} from '../../../test/agent/environment.ts'
import type { DogstatsdSettings } from '../../component/dogstatsd-settings.ts'
import type { SourceContext } from '../../component/source.ts'
import { openSockets } from '../../libc/sockets.ts'
import dogstatsd from './source.ts'

const containerId = 'c0ffee'.padEnd(64, '0')

/** The source with sockets in a temporary folder, where this very process seems to be in a container. */
class Running implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-dsd-'))
  readonly #stop = new AbortController()
  readonly #health = new EventEmitter()
  readonly collected = new Collected()
  readonly socketPath = join(this.#folder, 'dsd.socket')
  readonly streamPath = join(this.#folder, 'stream.socket')
  readonly context: SourceContext
  readonly done: Promise<void>

  constructor(port: number) {
    const procRoot = join(this.#folder, 'proc')
    mkdirSync(join(procRoot, String(process.pid)), { recursive: true })
    writeFileSync(join(procRoot, `${process.pid}/cgroup`), `0::/docker/${containerId}\n`)
    const { listen, origin } = dogstatsdDefaults
    const settings: DogstatsdSettings = {
      ...dogstatsdDefaults,
      listen: {
        ...listen,
        udpPort: port,
        socketPath: this.socketPath,
        streamSocketPath: this.streamPath,
      },
      origin: { ...origin, isDetected: true, isToldByClient: true },
      // Nobody waits for the end of an interval.
      shouldFlushIncomplete: true,
    }
    const telemetry = makeTelemetry()
    this.context = makeSourceContext({
      signal: this.#stop.signal,
      telemetry: {
        ...telemetry,
        setSource: (name, change) => {
          telemetry.setSource(name, change)
          this.#health.emit('told')
        },
      },
      emit: this.collected.emit,
      environment: makeEnvironment({ procRoot, dogstatsd: settings }),
    })
    this.done = dogstatsd.run({ interval: 10 }, this.context)
  }

  /** Resolves when the source has noted something that fits. */
  async note(pattern: RegExp): Promise<void> {
    for (;;) {
      const [source] = this.context.telemetry.snapshot().sources
      if (source?.work?.notes.some((note) => pattern.test(note)) === true) return
      await Promise.race([once(this.#health, 'told'), this.done])
    }
  }

  async publish(...low: readonly string[]): Promise<void> {
    this.context.tagger.publish({ id: containerId, tags: { low, orchestrator: low, high: low } })
    await nextTurn()
  }

  async end(): Promise<void> {
    this.#stop.abort()
    await within(1000, this.done)
  }

  /** What clients sent, in short, sorted; a count of 0 is told of an interval that began after it was sent. */
  points(): readonly string[] {
    const points = this.collected.all('point').flatMap(({ series, value }) => {
      const { metric, kind, host, tags } = series
      const isOther = metric.startsWith('vigie.') || value === 0
      return isOther ? [] : [`${metric} ${kind} ${host} ${value} [${tags.toSorted().join(' ')}]`]
    })
    return points.toSorted()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** A UDP port that is free at this moment. */
async function findPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

async function sendUdp(port: number, ...packets: readonly string[]): Promise<void> {
  const socket = createSocket('udp4')
  for (const packet of packets)
    await new Promise((resolve) => socket.send(packet, port, '127.0.0.1', resolve))
  socket.close()
}

/** Node itself has no sockets for Unix datagrams. */
function sendUnix(path: string, ...packets: readonly string[]): void {
  const opening = openSockets()
  assert.ok(opening.kind === 'open')
  const { sockets } = opening
  const descriptor = sockets.create('unix', 'datagram')
  sockets.connect(descriptor, { family: 'unix', path })
  for (const packet of packets) assert.ok(sockets.send(descriptor, Buffer.from(packet)), packet)
  sockets.close(descriptor)
}

async function sendStream(path: string, ...frames: readonly string[]): Promise<void> {
  const connection = createConnection(path)
  for (const frame of frames) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(Buffer.byteLength(frame))
    connection.write(Buffer.concat([length, Buffer.from(frame)]))
  }
  connection.end()
  await once(connection, 'close')
}

describe('the source dogstatsd', { timeout: 60_000 }, () => {
  test('hands on what clients send over each transport, with the tags of the container', async () => {
    const port = await findPort()
    await using running = new Running(port)
    await running.publish('service:web')
    await running.note(/^listening: UDP .*Unix datagrams.*Unix streams/)
    await sendUdp(
      port,
      'udp.hits:3|c|#a:1\nudp.hits:4|c|@0.5|#a:1\nudp.bad',
      'udp.size:7|g|#host:db',
    )
    sendUnix(running.socketPath, 'uds.hits:5:5|c', 'uds.took:1:3|h\nuds.users:x|s\nuds.lat:2|d')
    await sendStream(running.streamPath, 'stream.size:-1.5|g', '_sc|stream.up|1|m:slow')
    await running.collected.first('service-check')
    await running.note(/^load: .* [567] of/)
    await running.end()
    const tags = '[service:web]'
    assert.deepEqual(running.points(), [
      `stream.size gauge box-1 -1.5 ${tags}`,
      'udp.hits rate box-1 1.1 [a:1]',
      'udp.size gauge db 7 []',
      `uds.hits rate box-1 1 ${tags}`,
      `uds.took.95percentile gauge box-1 3 ${tags}`,
      `uds.took.avg gauge box-1 2 ${tags}`,
      `uds.took.count rate box-1 0.2 ${tags}`,
      `uds.took.max gauge box-1 3 ${tags}`,
      `uds.took.median gauge box-1 1 ${tags}`,
      `uds.users gauge box-1 1 ${tags}`,
    ])
    const [sketch] = running.collected.all('sketch')
    assert.deepEqual(
      [sketch?.series.metric, sketch?.count, sketch?.sum, sketch?.series.tags],
      ['uds.lat', 1, 2, ['service:web']],
    )
    const [check] = running.collected.all('service-check')
    assert.deepEqual([check?.status, check?.message, check?.tags], [1, 'slow', ['service:web']])
    assert.equal(running.context.telemetry.snapshot().dropped['dogstatsd.bad_metric'], 1)
  })

  test('finds the tags of a container that is told of after its first packet', async () => {
    await using running = new Running(0)
    await running.note(/^listening: .*Unix datagrams/)
    sendUnix(running.socketPath, 'late.hits:10|c\n_sc|late.up|0')
    await running.note(/^load: .* 1 of/)
    await running.publish('service:web')
    const check = await running.collected.first('service-check')
    assert.deepEqual(check.tags, ['service:web'])
    await running.end()
    assert.deepEqual(running.points(), ['late.hits rate box-1 1 [service:web]'])
  })

  test('tells commands what they ask', async () => {
    const offered: string[] = []
    const context = makeSourceContext({
      control: {
        offer(name) {
          offered.push(name)
          return () => offered.splice(offered.indexOf(name), 1)
        },
      },
      emit: async () => stop.abort(),
    })
    const stop = new AbortController()
    const names: string[] = []
    const signal = stop.signal
    signal.addEventListener('abort', () => names.push(...offered))
    await dogstatsd.run({ interval: 10 }, { ...context, signal })
    assert.deepEqual(names.toSorted(), [
      'dogstatsd-capture',
      'dogstatsd-replay-state',
      'dogstatsd-stats',
    ])
    assert.deepEqual(offered, [], 'taken back at the end')
  })

  test('goes on where a port is taken, and says so', async () => {
    const taken = createSocket('udp4').bind(0, '127.0.0.1')
    await once(taken, 'listening')
    await using running = new Running(taken.address().port)
    await running.note(/^listening: Unix datagrams at .*, Unix streams at/)
    const [source] = running.context.telemetry.snapshot().sources
    assert.equal(source?.state, 'degraded')
    assert.match(source?.message ?? '', /^Cannot listen on UDP 127\.0\.0\.1:\d+: another process/)
    taken.close()
  })
})
