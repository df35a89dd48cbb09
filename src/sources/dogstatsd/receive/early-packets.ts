import type { MessageBatch } from '../../../libc/message-batch.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import type { Counters } from '../counters.ts'
import type { EarlyPacket } from '../worker-messages.ts'
import { cutToLine } from './cut-to-line.ts'
import { replayGroup } from './replay-group.ts'

/** What comes beyond waits in the kernel, which pushes back or drops, and counts. */
const maxPackets = 2000
const batchCount = 32

/** Packets that are read while the worker starts: a Unix socket would let ten wait, and its clients lose the others. */
export class EarlyPackets {
  readonly #sockets: Sockets
  readonly #packetBytes: number
  readonly #counters: Counters
  #batch: MessageBatch | undefined
  #packets: EarlyPacket[] = []

  /** @param counters Nobody else may write to them while packets are read. */
  constructor(sockets: Sockets, packetBytes: number, counters: Counters) {
    this.#sockets = sockets
    this.#packetBytes = packetBytes
    this.#counters = counters
  }

  get isFull(): boolean {
    return this.#packets.length >= maxPackets
  }

  /** Reads some of what is there. */
  read(transport: 'udp' | 'uds', descriptor: number): void {
    const size = { count: batchCount, messageBytes: this.#packetBytes }
    this.#batch ??= this.#sockets.createBatch(size)
    const count = this.#sockets.receiveBatch(descriptor, this.#batch)
    for (let i = 0; i < count; i += 1) this.#packets.push(this.#copy(this.#batch, i, transport))
    this.#batch.rearm(count)
  }

  /** All that was read, in its order, and no more of it is kept. */
  take(): readonly EarlyPacket[] {
    const packets = this.#packets
    this.#packets = []
    this.#batch = undefined
    return packets
  }

  #copy(batch: MessageBatch, message: number, transport: 'udp' | 'uds'): EarlyPacket {
    const from = batch.from(message)
    const length = batch.lengthOf(message)
    this.#counters.add(`${transport}.packets`, 1)
    this.#counters.add(`${transport}.bytes`, length)
    let to = from + length
    if (batch.isTruncated(message)) {
      this.#counters.add('packets.truncated', 1)
      to = cutToLine(batch.memory, from, to)
    }
    const isReplayed = batch.gidOf(message) === replayGroup
    const pid = isReplayed ? batch.uidOf(message) : batch.pidOf(message)
    return { transport, pid, isReplayed, bytes: batch.memory.slice(from, to) }
  }
}
