/**
 * Decodes a JSON string from `at`, behind its opening quote, into a scratch buffer that holds the newest one only. Bytes that
 * are no UTF-8 stay as they are. Half of a surrogate pair becomes U+FFFD, as with `JSON.parse()` and then UTF-8.
 */
export class JsonUnescaper {
  /** What was decoded is `bytes` up to `length`. */
  bytes: Buffer = Buffer.alloc(0)
  length = 0

  /** Gives where the closing quote is; -1 when there is none before `end`, or an escape that JSON does not have. */
  read(from: Uint8Array, at: number, end: number): number {
    const bytes = this.#reserve(end - at)
    let to = 0
    let index = at
    while (index < end) {
      const byte = from[index] ?? 0
      if (byte === quote) {
        this.length = to
        return index
      }
      if (byte !== backslash) {
        bytes[to++] = byte
        index += 1
        continue
      }
      const letter = from[index + 1] ?? 0
      if (letter === letterU) {
        const code = readCode(from, index, end)
        if (code < 0) return -1
        to = putCharacter(bytes, to, code)
        index += code > 0xffff ? 12 : 6
        continue
      }
      const plain = plainEscapes[letter] ?? 0
      if (plain === 0) return -1
      bytes[to++] = plain
      index += 2
    }
    return -1
  }

  /** No string becomes longer; what a very long one has taken is given back. */
  #reserve(size: number): Buffer {
    const wanted = Math.max(size, firstBytes)
    if (wanted > this.bytes.length || this.bytes.length > Math.max(wanted * 2, keptBytes))
      this.bytes = Buffer.allocUnsafeSlow(wanted * 2)
    return this.bytes
  }
}

const quote = 34
const backslash = 92
const letterU = 117
const firstBytes = 512
const keptBytes = 256 * 1024

/** What stands for itself after a backslash, and the letters that stand for something else; 0 for all others. */
const plainEscapes = new Uint8Array(256)
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'])
  plainEscapes[letter?.charCodeAt(0) ?? 0] = meaning?.charCodeAt(0) ?? 0

/** The character of `\uXXXX` at `at`, or of a pair of surrogates; U+FFFD for half a pair; -1 where no four digits are. */
function readCode(from: Uint8Array, at: number, end: number): number {
  const high = readUnit(from, at, end)
  if (high < 0xd800 || high > 0xdfff) return high
  const low = high <= 0xdbff ? readUnit(from, at + 6, end) : 0
  const isPair = low >= 0xdc00 && low <= 0xdfff
  return isPair ? 0x1_0000 + (high - 0xd800) * 0x400 + (low - 0xdc00) : 0xfffd
}

function readUnit(from: Uint8Array, at: number, end: number): number {
  if (at + 6 > end || from[at] !== backslash || from[at + 1] !== letterU) return -1
  let unit = 0
  for (let index = at + 2; index < at + 6; index += 1) {
    const digit = hexDigits[from[index] ?? 0] ?? 0
    if (digit === 0) return -1
    unit = unit * 16 + digit - 1
  }
  return unit
}

/** Of each byte the value of the digit that it is, plus one; 0 for what is none. */
const hexDigits = new Uint8Array(256)
for (const [value, digit] of Array.from('0123456789abcdef').entries()) {
  hexDigits[digit.charCodeAt(0)] = value + 1
  hexDigits[digit.toUpperCase().charCodeAt(0)] = value + 1
}

/** Writes a character as UTF-8; gives where the next one begins. */
function putCharacter(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    bytes[at] = code
    return at + 1
  }
  if (code < 0x800) {
    bytes[at] = 0xc0 | (code >> 6)
    bytes[at + 1] = 0x80 | (code & 0x3f)
    return at + 2
  }
  if (code < 0x1_0000) {
    bytes[at] = 0xe0 | (code >> 12)
    bytes[at + 1] = 0x80 | ((code >> 6) & 0x3f)
    bytes[at + 2] = 0x80 | (code & 0x3f)
    return at + 3
  }
  bytes[at] = 0xf0 | (code >> 18)
  bytes[at + 1] = 0x80 | ((code >> 12) & 0x3f)
  bytes[at + 2] = 0x80 | ((code >> 6) & 0x3f)
  bytes[at + 3] = 0x80 | (code & 0x3f)
  return at + 4
}
