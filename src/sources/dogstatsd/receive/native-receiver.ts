import { writeSync } from 'node:fs'
import { openLibc, type Libc } from '../../../libc/libc.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import { openForwardSocket } from '../listen/forward-socket.ts'
import { keepOpening, type KeptOpening } from '../listen/keep-opening.ts'
import type { BoundListener } from '../listen/listener.ts'
import { createNativeOpener } from '../listen/native-opener.ts'
import { openListeners, type Listeners } from '../listen/open-listeners.ts'
import { readQueueLength } from '../listen/queue-length.ts'
import type { OpenSockets, ToWorker } from '../worker-messages.ts'
import { listWarnings } from './describe-receiver.ts'
import { EarlyPackets } from './early-packets.ts'
import {
  receiverDefaults,
  type Receiver,
  type ReceiverOptions,
  type ReceiverState,
} from './receiver.ts'
import { SocketWatch } from './socket-watch.ts'
import { WorkerKeeper } from './worker-keeper.ts'
import { workerUrl } from './worker-url.ts'

/** Opens the sockets, watches them until something comes, and then lets a worker receive until nothing comes any more. */
export async function openNativeReceiver(
  options: ReceiverOptions,
  sockets: Sockets,
): Promise<Receiver> {
  const opening = openLibc()
  // Both load the same library.
  if (opening.kind === 'absent') throw new Error(opening.reason)
  const receiver = new NativeReceiver(options, sockets, opening.libc)
  await receiver.open()
  return receiver
}

const one = new Uint8Array(new BigUint64Array([1n]).buffer)

class NativeReceiver implements Receiver {
  readonly #options: ReceiverOptions
  readonly #sockets: Sockets
  readonly #libc: Libc
  readonly #early: EarlyPackets
  readonly #keeper: WorkerKeeper
  readonly #bound: BoundListener[] = []
  #open: OpenSockets
  #watch: SocketWatch | undefined
  #listeners: Listeners | undefined
  #forwarding: KeptOpening | undefined
  #forwardProblem: string | undefined

  constructor(options: ReceiverOptions, sockets: Sockets, libc: Libc) {
    const { settings, procRoot, counters, onMessage } = options
    this.#options = options
    this.#sockets = sockets
    this.#libc = libc
    this.#open = { wake: sockets.createEvent(), udsQueueLength: readQueueLength() }
    this.#early = new EarlyPackets(sockets, settings.listen.packetBytes, counters)
    this.#keeper = new WorkerKeeper({
      url: options.workerUrl ?? workerUrl,
      describeStart: () => {
        const shared = { settings, procRoot, counters: counters.buffer }
        return { ...shared, sockets: this.#open }
      },
      maxConnections: settings.listen.maxConnections,
      retryBaseMs: this.#retryBaseMs,
      stopWithinMs: options.stopWithinMs ?? receiverDefaults.stopWithinMs,
      wake: () => writeSync(this.#open.wake, one),
      takeEarly: () => {
        this.#watch?.close()
        this.#watch = undefined
        return this.#early.take()
      },
      onMessage,
      onListening: () => undefined,
      onRest: () => this.#sleep(),
      closeDescriptor: (descriptor) => sockets.close(descriptor),
    })
    this.#sleep()
  }

  async open(): Promise<void> {
    this.#forwarding = this.#keepForwarding()
    this.#listeners = await openListeners({
      opener: createNativeOpener(this.#sockets),
      listen: this.#options.settings.listen,
      onOpen: (listener) => this.#add(listener),
      retryBaseMs: this.#retryBaseMs,
    })
  }

  tell(message: ToWorker): void {
    this.#keeper.tell(message)
  }

  describe(): ReceiverState {
    const sockets = this.#listeners?.states() ?? []
    const { udsQueueLength } = this.#open
    const forwardProblem = this.#forwardProblem
    return {
      way: 'recvmmsg',
      reason: '',
      isAwake: this.#keeper.isRunning,
      sockets,
      warnings: listWarnings({ sockets, udsQueueLength, forwardProblem }),
    }
  }

  async stop(): Promise<void> {
    this.#forwarding?.close()
    await this.#keeper.stop()
    this.#watch?.close()
    this.#listeners?.close()
    if (this.#open.forward !== undefined) this.#sockets.close(this.#open.forward)
    this.#sockets.close(this.#open.wake)
  }

  get #retryBaseMs(): number {
    return this.#options.retryBaseMs ?? receiverDefaults.retryBaseMs
  }

  /** Nobody sends: the event loop watches the sockets. */
  #sleep(): void {
    this.#watch?.close()
    const onFirst = (): void => this.#keeper.start()
    this.#watch = new SocketWatch({ libc: this.#libc, early: this.#early, onFirst })
    for (const listener of this.#bound) this.#watch.add(listener)
  }

  #add(listener: BoundListener): void {
    const names = { udp: 'udp', uds: 'uds', 'uds-stream': 'udsStream' } as const
    this.#bound.push(listener)
    this.#change({ [names[listener.transport]]: listener.descriptor })
    this.#watch?.add(listener)
  }

  /** A worker that runs is told of what has been opened since its start. */
  #change(opened: Partial<OpenSockets>): void {
    this.#open = { ...this.#open, ...opened }
    this.#keeper.tell({ kind: 'sockets', sockets: this.#open })
  }

  #keepForwarding(): KeptOpening | undefined {
    const target = this.#options.settings.forwardTo
    if (target === undefined) return undefined
    return keepOpening({
      open: async () => openForwardSocket(this.#sockets, target),
      onOpen: (forward) => {
        this.#forwardProblem = undefined
        this.#change({ forward })
      },
      onFault: ({ message }) => {
        this.#forwardProblem = message
      },
      discard: (forward) => this.#sockets.close(forward),
      baseMs: this.#retryBaseMs,
    })
  }
}
