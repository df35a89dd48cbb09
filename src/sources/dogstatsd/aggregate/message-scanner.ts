import type { PacketMemory } from './packet-memory.ts'
import type { PacketPlace } from './packet-reader.ts'
import { recordAt, recordInts } from './scan-record.ts'

const lineEnd = 10
const carriageReturn = 13
const plus = 43
const minus = 45
const point = 46
const zero = 48
const colon = 58
const bar = 124
const rateField = 64
const timeField = 84
const underscore = 95
const letterE = 101
const brace = 123

/** First letters of the types; a timing is `ms`. */
export const typeLetters = { c: 99, d: 100, g: 103, h: 104, m: 109, s: 115 } as const

/** Each byte of a word is this one. */
const colons = 0x3a_3a_3a_3a
const bars = 0x7c_7c_7c_7c
const lineEnds = 0x0a_0a_0a_0a

const powersOf10 = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/** So many messages are scanned before the first of them is looked up. */
export const handful = 8

/** Values of one message; those with more are read with less haste. */
const maxValues = 4096

/**
 * Reads metrics of the common form in place, a handful at a time. It only finds the parts: whether a message with such a key
 * is one at all has to be known from elsewhere.
 */
export class MessageScanner {
  readonly records = new Int32Array(handful * recordInts)
  /** Words of keys, hashed on the way. */
  keys = new Int32Array(1024)
  values = new Float64Array(1024)
  /** Messages of the handful. */
  count = 0
  /** Whether the message that comes next is not of the common form. */
  isStopped = false
  readonly #readsTimes: boolean
  /** What the hash of every key begins with, so that nobody can make keys that meet in one place. */
  readonly #seed = Math.trunc(Math.random() * 2 ** 32) | 0

  constructor(readsTimes: boolean) {
    this.#readsTimes = readsTimes
  }

  /** Makes room for messages of so many bytes in all: each word of a key and each value is at least two of them. */
  reserve(bytes: number): void {
    const length = bytes / 2 + handful * 4
    if (length <= this.keys.length) return
    this.keys = new Int32Array(length * 2)
    this.values = new Float64Array(length * 2)
  }

  /**
   * Reads messages from `from` on, up to a handful, the packet's end (where there must be a line end), or the first that is
   * not of the common form. One function, since what it needs stays in registers so: with a function for each part of a
   * message the whole path took 1.3 times as long.
   * @returns Where the message behind them begins.
   */
  /* oxlint-disable eslint/max-lines-per-function, eslint/complexity, eslint/max-depth */
  scan(memory: PacketMemory, from: number, { to: end, sender }: PacketPlace): number {
    const { bytes, view } = memory
    const { records, keys, values } = this
    const firstHash = Math.imul(this.#seed ^ sender, 0x9e_37_79_b1)
    let words = 0
    let value = 0
    let count = 0
    let at = from
    this.isStopped = false

    while (at < end && count < handful) {
      const line = at
      const first = bytes[at]
      if (first === lineEnd) {
        at += 1
        continue
      }
      this.isStopped = true
      this.count = count
      if (first === underscore && isHappening(bytes, at)) return line

      // The name, with the colon behind it, as words; which of their bytes is the colon is found as a zero byte is.
      const key = words
      let hash = firstHash
      keys[words++] = sender
      let word = view.getInt32(at, true)
      let found = findBytes(word, colons)
      while (found === 0) {
        keys[words++] = word
        hash = Math.imul(hash ^ word, 0x85_eb_ca_6b)
        hash ^= hash >>> 15
        at += 4
        word = view.getInt32(at, true)
        found = findBytes(word, colons)
      }
      let bit = (31 - Math.clz32(found & -found)) & 24
      word &= -1 >>> (24 - bit)
      keys[words++] = word
      hash = Math.imul(hash ^ word, 0x85_eb_ca_6b)
      hash ^= hash >>> 15
      at += bit >> 3
      if (bytes[at] !== colon) return line
      at += 1

      // Values: whole numbers and decimals. What is none may be the member of a set, which may be anything.
      const rawFrom = at
      const valueFrom = value
      let byte = 0
      for (;;) {
        const sign = bytes[at]
        const numberFrom = at
        if (sign === minus || sign === plus) at += 1
        const digitsFrom = at
        let mantissa = 0
        let digit = (bytes[at] ?? 0) - zero
        while (digit >>> 0 < 10) {
          mantissa = (Math.imul(mantissa, 10) + digit) | 0
          at += 1
          digit = (bytes[at] ?? 0) - zero
        }
        let digits = at - digitsFrom
        let decimals = 0
        if (bytes[at] === point) {
          at += 1
          const decimalsFrom = at
          digit = (bytes[at] ?? 0) - zero
          while (digit >>> 0 < 10) {
            mantissa = (Math.imul(mantissa, 10) + digit) | 0
            at += 1
            digit = (bytes[at] ?? 0) - zero
          }
          decimals = at - decimalsFrom
          digits = digits === 0 || decimals === 0 ? 0 : digits + decimals
        }
        byte = bytes[at] ?? 0
        if ((byte !== bar && byte !== colon) || digits === 0 || value - valueFrom === maxValues) {
          value = valueFrom
          break
        }
        if (digits < 10) {
          const number = decimals === 0 ? mantissa : mantissa / (powersOf10[decimals] ?? 1)
          values[value++] = sign === minus ? -number : number
        } else values[value++] = readLongDecimal(memory, numberFrom, at)
        if (byte === bar) break
        at += 1
      }
      let length = value - valueFrom
      if (length === 0) while (bytes[at] !== bar && bytes[at] !== lineEnd) at += 1
      if (bytes[at] !== bar) return line

      // The type.
      const rawTo = at
      const type = bytes[at + 1] ?? 0
      at += 2
      if (type === typeLetters.s) {
        length = rawTo > rawFrom ? 1 : 0
      } else if (type === typeLetters.m) {
        if (bytes[at] !== typeLetters.s) return line
        at += 1
      }
      if (length === 0 || type === lineEnd) return line
      keys[words++] = type
      hash = Math.imul(hash ^ type, 0x85_eb_ca_6b)
      hash ^= hash >>> 15

      // Fields: rate and time are read, all others are part of the key, each with the bar or line end behind it.
      let rate = 0
      let timeS = 0
      byte = bytes[at] ?? 0
      while (byte === bar) {
        const field = bytes[at + 1]
        if (field === rateField || field === timeField) {
          const numberFrom = at + 2
          at =
            field === rateField ? endOfDecimal(bytes, numberFrom) : endOfDigits(bytes, numberFrom)
          const number = at === numberFrom ? 0 : readLongDecimal(memory, numberFrom, at)
          if (field === rateField) {
            if (number === 0 || number > 1 || rate !== 0) return line
            rate = number
          } else {
            if (number === 0 || at - numberFrom > 10 || timeS !== 0 || !this.#readsTimes)
              return line
            timeS = number
          }
          byte = bytes[at] ?? 0
          continue
        }
        at += 1
        word = view.getInt32(at, true)
        found = findBytes(word, bars)
        while (found === 0) {
          keys[words++] = word
          hash = Math.imul(hash ^ word, 0x85_eb_ca_6b)
          hash ^= hash >>> 15
          at += 4
          word = view.getInt32(at, true)
          found = findBytes(word, bars)
        }
        bit = (31 - Math.clz32(found & -found)) & 24
        word &= -1 >>> (24 - bit)
        keys[words++] = word
        hash = Math.imul(hash ^ word, 0x85_eb_ca_6b)
        hash ^= hash >>> 15
        at += bit >> 3
        byte = bytes[at] ?? 0
      }
      const to = at
      if (byte === carriageReturn) {
        at += 1
        byte = bytes[at] ?? 0
      }
      if (byte !== lineEnd) return line
      at += 1

      hash = Math.imul(hash ^ (words - key), 0xc2_b2_ae_35)
      const record = count * recordInts
      records[record + recordAt.from] = line
      records[record + recordAt.to] = to
      records[record + recordAt.key] = key
      records[record + recordAt.words] = words - key
      records[record + recordAt.hash] = hash ^ (hash >>> 16)
      records[record + recordAt.type] = type
      records[record + recordAt.value] = valueFrom
      records[record + recordAt.length] = length
      records[record + recordAt.rawFrom] = rawFrom
      records[record + recordAt.rawTo] = rawTo
      records[record + recordAt.hasRate] = rate === 0 ? 0 : 1
      records[record + recordAt.hasTime] = timeS === 0 ? 0 : 1
      value = valueFrom + length
      if (rate !== 0) values[value++] = rate
      if (timeS !== 0) values[value++] = timeS
      count += 1
    }
    this.isStopped = false
    this.count = count
    return at
  }
  /* oxlint-enable eslint/max-lines-per-function, eslint/complexity, eslint/max-depth */
}

function isHappening(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1]
  return next === letterE
    ? bytes[at + 2] === brace
    : next === typeLetters.s && bytes[at + 2] === typeLetters.c
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while (((bytes[at] ?? 0) - zero) >>> 0 < 10) at += 1
  return at
}

/** The end of digits that may have a point between them; `from` where there are none. */
function endOfDecimal(bytes: Uint8Array, from: number): number {
  const wholeTo = endOfDigits(bytes, from)
  if (bytes[wholeTo] !== point) return wholeTo
  const to = endOfDigits(bytes, wholeTo + 1)
  return wholeTo === from || to === wholeTo + 1 ? from : to
}

/** In which bytes of a word a delimiter or a line end is: the lowest bit that is set is the highest of the first of them. */
function findBytes(word: number, delimiters: number): number {
  const forDelimiter = word ^ delimiters
  const forEnd = word ^ lineEnds
  return (
    (((forDelimiter - 0x01_01_01_01) & ~forDelimiter) | ((forEnd - 0x01_01_01_01) & ~forEnd)) &
    0x80_80_80_80
  )
}

/** Up to 15 digits are exact in a double, and so is the power of ten, so that one division rounds once. */
function readLongDecimal({ bytes, text }: PacketMemory, from: number, to: number): number {
  if (to - from > 16) return Number(text.toString('latin1', from, to))
  const isNegative = bytes[from] === minus
  let mantissa = 0
  let decimals = 0
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - zero
    if (digit >= 0) mantissa = mantissa * 10 + digit
    else if (bytes[at] === point) decimals = to - at - 1
  }
  if (mantissa > Number.MAX_SAFE_INTEGER) return Number(text.toString('latin1', from, to))
  const value = mantissa / (powersOf10[decimals] ?? 1)
  return isNegative ? -value : value
}
