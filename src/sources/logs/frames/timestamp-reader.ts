import { logTimesEndNs } from '../../../model/log-block.ts'

/**
 * Reads times as Docker and the kubelet write them, `2026-01-31T23:59:59.123456789Z`: RFC 3339 with up to nine decimals and
 * any offset. A second that was read last is known by its digits, so that most lines cost only their decimals.
 */
export class TimestampReader {
  /** What was read last, Unix time in nanoseconds. */
  timeNs = 0n
  /** The second that was read last: its digits, and its time in nanoseconds as two halves. */
  readonly #known = new Uint8Array(secondSize)
  #knownLow = 0
  #knownHigh = 0
  readonly #halves = new Int32Array(2)
  readonly #whole = new BigInt64Array(this.#halves.buffer)

  /**
   * Reads a time that takes all bytes from `start` to `end`. Gives false, and leaves `timeNs` as it was, when there is none,
   * or none from 1970 to 2199.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const zone = start + secondSize
    if (end <= zone || !this.#findSecond(bytes, start)) return false
    let at = zone
    let nanos = 0
    if (bytes[at] === point) {
      at += 1
      const most = Math.min(end, at + decimals)
      for (; at < most; at += 1) {
        const digit = (bytes[at] ?? 0) - zero
        if (digit >>> 0 > 9) break
        nanos = nanos * 10 + digit
      }
      nanos *= powersOf10[zone + 1 + decimals - at] ?? 0
    }
    const low = this.#knownLow + nanos
    this.#halves[0] = low
    this.#halves[1] = this.#knownHigh + (low >= 2 ** 32 ? 1 : 0)
    if (bytes[at] === letterZ && at + 1 === end) {
      this.timeNs = this.#whole[0] ?? 0n
      return true
    }
    return this.#readOffset(bytes, at, end)
  }

  #findSecond(bytes: Uint8Array, start: number): boolean {
    const known = this.#known
    // The last digits are those that change.
    for (let index = secondSize - 1; index >= 0; index -= 1)
      if (bytes[start + index] !== known[index]) return this.#readSecond(bytes, start)
    return true
  }

  #readSecond(bytes: Uint8Array, start: number): boolean {
    const text = textOf(bytes.subarray(start, start + secondSize))
    if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d$/.test(text)) return false
    const seconds = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000
    if (!(seconds >= 0 && seconds < endSeconds)) return false
    const nanos = BigInt(seconds) * 1_000_000_000n
    this.#known.set(bytes.subarray(start, start + secondSize))
    this.#knownLow = Number(nanos & 0xffff_ffffn)
    this.#knownHigh = Number(nanos >> 32n)
    return true
  }

  /** `+02:00`: what is to be taken off to have the time of Greenwich. */
  #readOffset(bytes: Uint8Array, at: number, end: number): boolean {
    const text = textOf(bytes.subarray(at, end))
    const parts = /^([+-])(\d\d):(\d\d)$/.exec(text)
    if (parts === null) return false
    const minutes = Number(`${parts[1]}1`) * (Number(parts[2]) * 60 + Number(parts[3]))
    const timeNs = (this.#whole[0] ?? 0n) - BigInt(minutes) * 60_000_000_000n
    if (timeNs < 0n) return false
    this.timeNs = timeNs
    return true
  }
}

/** `2026-01-31T23:59:59` */
const secondSize = 19
const decimals = 9
const point = 46
const zero = 48
const letterZ = 90
const powersOf10 = Array.from({ length: decimals + 1 }, (_, power) => 10 ** power)
/** Less two days, for what an offset can add. */
const endSeconds = Number(logTimesEndNs / 1_000_000_000n) - 2 * 86_400

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
