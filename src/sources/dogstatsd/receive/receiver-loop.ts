import type { MessageBatch } from '../../../libc/message-batch.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import type { OpenSockets, WorkerStart } from '../worker-messages.ts'
import { DatagramInlet } from './datagram-inlet.ts'
import { ForwardTap } from './forward-tap.ts'
import { byteQueue, packetQueue, type Queue } from './queue.ts'
import type { Reception } from './reception.ts'
import type { SharedFlags } from './shared-flags.ts'
import { StreamInlet } from './stream-inlet.ts'
import { Waiting } from './waiting.ts'
import type { WorkerOrder } from './worker-protocol.ts'

export interface LoopParts {
  readonly sockets: Sockets
  readonly start: WorkerStart
  /** Those of the start; others may come later. */
  readonly open: OpenSockets
  readonly flags: SharedFlags
  readonly reception: Reception
  /** The order that came first of those that were not taken yet. */
  readonly takeOrder: () => WorkerOrder | undefined
  readonly onTooLong: (lengthBytes: number) => void
}

/** Messages of one call; more save nothing that can be measured. */
const batchCount = 256
/** The event loop of the worker has its turn after so many readings, and at each interval: V8 does its own chores there. */
const turnRounds = 1000
/** Longest time in a call before the thread can be ended, while it waits for early packets. */
const handOverMs = 100
/** At the end what has come already is still read, but for no longer than this in a flood. */
const lastReadingMs = 30

/** Receives in a thread of its own, which it blocks until packets come: recvmmsg, and epoll to wait. */
export class ReceiverLoop {
  readonly #parts: LoopParts
  readonly #waiting: Waiting
  readonly #batch: MessageBatch
  #stream: StreamInlet | undefined
  /** Sockets that are there, and those of them that packets are read from. */
  #offered: OpenSockets
  #open: Partial<OpenSockets> = {}
  #mayReceive = false

  constructor(parts: LoopParts) {
    this.#parts = parts
    const { sockets, open, start } = parts
    this.#offered = open
    this.#waiting = new Waiting(sockets)
    this.#batch = sockets.createBatch({
      count: batchCount,
      messageBytes: start.settings.listen.packetBytes,
    })
    this.#waiting.add(open.wake, { receive: () => this.#takeOrders() })
  }

  /** Resolves when it is told to stop, or when it need not be there, and all that was received has been told. */
  async run(): Promise<void> {
    // Early packets come before all others, and are not forgotten when it is told to stop meanwhile.
    while (!this.#mayReceive) this.#waiting.receive(handOverMs)
    while (!this.#runTurn()) await new Promise((resolve) => setImmediate(resolve))
    this.#readTheRest()
    this.#stream?.close()
    this.#waiting.close()
    this.#parts.reception.finish()
  }

  /** @returns Whether it is over. */
  #runTurn(): boolean {
    const { reception, flags } = this.#parts
    this.#countDrops()
    this.#stream?.retry()
    for (let round = 0; round < turnRounds; round += 1) {
      const hasBegun = reception.tick()
      if (flags.isStopping || this.#isIdle()) return true
      if (this.#waiting.receive(reception.restMs) > 0) reception.notePackets()
      if (hasBegun) break
    }
    return false
  }

  #isIdle(): boolean {
    return this.#parts.reception.isIdle && (this.#stream?.connectionCount ?? 0) === 0
  }

  #takeOrders(): number {
    const { sockets, reception, open, takeOrder } = this.#parts
    sockets.clearEvent(open.wake)
    for (let order = takeOrder(); order !== undefined; order = takeOrder()) {
      if (order.kind === 'sockets') this.#offered = order.sockets
      if (order.kind === 'packets') this.#mayReceive = true
      // Before early packets are read: they are copied too.
      if (this.#mayReceive) this.#addSockets(this.#offered)
      reception.take(order)
    }
    return 0
  }

  #addSockets(open: OpenSockets): void {
    const known = this.#open
    if (open.udp !== undefined && known.udp === undefined) {
      const queue = byteQueue(this.#parts.sockets.receiveBufferOf(open.udp))
      this.#addDatagrams('udp', open.udp, queue)
    }
    if (open.uds !== undefined && known.uds === undefined) {
      this.#addDatagrams('uds', open.uds, packetQueue(open.udsQueueLength))
    }
    if (open.udsStream !== undefined && known.udsStream === undefined) {
      this.#addStream(open.udsStream)
    }
    if (open.forward !== undefined && known.forward === undefined) this.#addForward(open.forward)
    this.#open = open
  }

  #addDatagrams(transport: 'udp' | 'uds', descriptor: number, queue: Queue): void {
    const { sockets, reception } = this.#parts
    const parts = { sockets, reception, batch: this.#batch, descriptor, queue }
    const inlet = new DatagramInlet(transport, parts)
    if (queue.longestNapMs === 0) this.#waiting.add(descriptor, inlet)
    else this.#waiting.addPatient(descriptor, inlet, queue.longestNapMs)
  }

  #addStream(listener: number): void {
    const { sockets, reception, flags, onTooLong, start } = this.#parts
    const { maxConnections, packetBytes } = start.settings.listen
    const parts = { sockets, reception, flags, listener, maxConnections, packetBytes, onTooLong }
    this.#stream = new StreamInlet({ ...parts, watched: this.#waiting })
  }

  #addForward(descriptor: number): void {
    const { sockets, reception } = this.#parts
    const send = (packet: Uint8Array): boolean => sockets.send(descriptor, packet)
    reception.setForward(new ForwardTap(send, reception.counters))
  }

  #countDrops(): void {
    const { udp } = this.#open
    if (udp === undefined) return
    const { sockets, reception } = this.#parts
    reception.counters.set('udp.kernel_drops', sockets.dropsOf(udp))
  }

  #readTheRest(): void {
    const untilMs = performance.now() + lastReadingMs
    this.#takeOrders()
    // Connections that wait are taken first: then there may be something to read.
    this.#waiting.receive(0)
    while (this.#waiting.receive(0) > 0 && performance.now() < untilMs);
    this.#countDrops()
  }
}
