import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { connect, type Socket as Stream } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DogstatsdSettings } from '../../src/component/dogstatsd-settings.ts'
import { openUnixSender } from '../../src/libc/send-with-credentials.ts'
import { Counters, type CounterName } from '../../src/sources/dogstatsd/counters.ts'
import { openReceiver } from '../../src/sources/dogstatsd/receive/open-receiver.ts'
import type { Receiver, ReceiverOptions } from '../../src/sources/dogstatsd/receive/receiver.ts'
import type { FromWorker } from '../../src/sources/dogstatsd/worker-messages.ts'
import { dogstatsdDefaults } from './dogstatsd-settings.ts'
import { findFreePort } from './find-free-port.ts'

const workerUrl = new URL('./recording-worker.ts', import.meta.url)
/** What the packets of this process come from. */
export const containerId: string = '1'.repeat(64)

/** A receiver with sockets of its own in a temporary folder, and all that it tells. Its worker is `recording-worker.ts`. */
export class ReceiverStage implements AsyncDisposable {
  readonly counters = new Counters()
  readonly messages: FromWorker[] = []
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-receive-'))
  readonly #closing: (() => void)[] = []
  #onMessage: () => void = () => undefined
  #receiver: Receiver | undefined
  udpPort = 0

  /** What was received, as text and origin. */
  get told(): readonly (readonly [text: string, origin: string])[] {
    return this.messages.flatMap((message) =>
      message.kind === 'complaints'
        ? message.complaints.map(({ sentence, reason }) => [sentence, reason] as const)
        : [],
    )
  }

  get texts(): readonly string[] {
    return this.told.map(([text]) => text)
  }

  get receiver(): Receiver {
    assert.ok(this.#receiver !== undefined)
    return this.#receiver
  }

  path(name: string): string {
    return join(this.#folder.path, name)
  }

  async open(
    listen: Partial<DogstatsdSettings['listen']> = {},
    others: Partial<DogstatsdSettings> = {},
    options: Partial<ReceiverOptions> = {},
  ): Promise<Receiver> {
    this.udpPort = listen.udpPort ?? (await findFreePort())
    mkdirSync(this.path(`proc/${process.pid}`), { recursive: true })
    writeFileSync(this.path(`proc/${process.pid}/cgroup`), `0::/docker/${containerId}\n`)
    const settings: DogstatsdSettings = {
      ...dogstatsdDefaults,
      listen: {
        ...dogstatsdDefaults.listen,
        udpHost: '127.0.0.1',
        udpPort: this.udpPort,
        socketPath: this.path('datagrams'),
        streamSocketPath: this.path('stream'),
        ...listen,
      },
      ...others,
    }
    this.#receiver = await openReceiver({
      settings,
      procRoot: this.path('proc'),
      counters: this.counters,
      onMessage: (message) => {
        this.messages.push(message)
        this.#onMessage()
      },
      workerUrl,
      retryBaseMs: 5,
      stopWithinMs: 10_000,
      ...options,
    })
    return this.#receiver
  }

  /** Resolves when it is so, which is looked at after each message. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#onMessage = resolve
      await promise
    }
  }

  async untilText(text: string): Promise<void> {
    await this.until(() => this.texts.includes(text))
  }

  /** Resolves when the counter has that value: counters change without a message. */
  async untilCounted(name: CounterName, value: number): Promise<void> {
    while (this.counters.get(name) !== value) await nextTurn()
  }

  /** Sends one datagram after the other, and waits where the queue is full. */
  async sendDatagrams(texts: readonly string[]): Promise<void> {
    const opening = openUnixSender(this.path('datagrams'))
    assert.ok(opening.kind === 'open')
    const { sender } = opening
    for (const text of texts) while (!sender.send(Buffer.from(text))) await nextTurn()
    sender.close()
  }

  openUdp(): Socket {
    const socket = createSocket('udp4')
    this.#closing.push(() => socket.close())
    return socket
  }

  async sendUdp(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.openUdp().send(text, this.udpPort, '127.0.0.1', resolve)
    await promise
  }

  async connectStream(): Promise<Stream> {
    const stream = connect(this.path('stream'))
    stream.on('error', () => undefined)
    this.#closing.push(() => stream.destroy())
    await once(stream, 'connect')
    return stream
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closing) close()
    await this.#receiver?.stop()
    this.#folder.remove()
  }
}
