import type { PacketPlace } from '../aggregate/packet-reader.ts'
import type { Counters } from '../counters.ts'
import type { PacketTap } from './packet-tap.ts'

/** Copies packets as they come. What cannot be sent at once is not sent at all. */
export class ForwardTap implements PacketTap {
  readonly #send: (packet: Uint8Array) => boolean
  readonly #counters: Counters

  /** @param send Whether the packet was taken. */
  constructor(send: (packet: Uint8Array) => boolean, counters: Counters) {
    this.#send = send
    this.#counters = counters
  }

  packet(memory: Uint8Array, { from, to }: PacketPlace): void {
    const isSent = this.#send(memory.subarray(from, to))
    this.#counters.add(isSent ? 'forward.packets' : 'forward.failed', 1)
  }
}
