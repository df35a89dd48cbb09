import type { PacketMemory } from './packet-memory.ts'

const anyHighBit = 0x80_80_80_80 | 0

/**
 * 64 bits for the member of a set. Members are compared by them alone: of a million in one set two are taken for one with a
 * chance of 3 in 10^8.
 */
export class MemberHash {
  high = 0
  low = 0

  /** Takes the bytes from `from` up to `to`; up to 3 behind them are read too. */
  take({ view, text }: PacketMemory, from: number, to: number): void {
    if (this.#takeWords(view, from, to)) return
    // What is no UTF-8 is U+FFFD, here as everywhere else: members are texts.
    const encoded = Buffer.from(text.toString('utf8', from, to))
    const padded = new Uint8Array(encoded.length + 4)
    padded.set(encoded)
    this.#takeWords(new DataView(padded.buffer), 0, encoded.length)
  }

  /** @returns Whether all bytes are ASCII. */
  #takeWords(view: DataView, from: number, to: number): boolean {
    let high = from - to
    let low = 0x2f_0b_4c_47
    let bits = 0
    let at = from
    for (; at + 4 <= to; at += 4) {
      const word = view.getInt32(at, true)
      bits |= word
      high = Math.imul(high ^ word, 0x85_eb_ca_6b)
      high ^= high >>> 15
      low = Math.imul(low ^ word, 0xc2_b2_ae_35) ^ (high >>> 7)
    }
    const rest = to - at
    if (rest > 0) {
      const word = view.getInt32(at, true) & (-1 >>> (32 - rest * 8))
      bits |= word
      high = Math.imul(high ^ word, 0x85_eb_ca_6b)
      high ^= high >>> 15
      low = Math.imul(low ^ word, 0xc2_b2_ae_35) ^ (high >>> 7)
    }
    high = Math.imul(high ^ (low >>> 16), 0xc2_b2_ae_35)
    low = Math.imul(low ^ (high >>> 13), 0x85_eb_ca_6b)
    this.high = high ^ (high >>> 16)
    this.low = low ^ (low >>> 15)
    return (bits & anyHighBit) === 0
  }
}
