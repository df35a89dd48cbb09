import { isLetter, sign, skipColours } from './bytes.ts'
import { beginnings, tripleAt } from './level-words.ts'
import { levelOfShape } from './line-shapes.ts'
import { type Candidate, noLevel, readCandidate } from './read-candidate.ts'

/** Levels stand at the beginning of a line. */
const mostBytes = 200
const longestWord = 13
const letterM = 0x6d

/**
 * Place in `logLevels` of the level that a line says it has; 0 where it says none, or where two words that look equally
 * much like one disagree. What looks most like a level wins: a name before it (`level=warn`), the beginning of the line,
 * behind its time too, brackets, `tag:level`, quotes, a colon or a slash behind it, and at last a word in capitals.
 * @see https://github.com/amir20/dozzle/blob/master/internal/container/logparse/level_guesser.go for the order
 */
export function findLevel(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3) return 0
  return (
    levelOfShape(bytes, start, end) ||
    new LevelSearch(bytes, start, Math.min(end, start + mostBytes)).run()
  )
}

/** Memory that was read last, to be read four bytes at a time. */
let view: DataView = new DataView(new ArrayBuffer(0))

function viewOf(bytes: Uint8Array): DataView {
  if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer)
  return view
}

/**
 * The search in one line. A level in small letters has a bracket, a colon or `=` beside it, or begins the line; so it is
 * enough to look at capitals and these signs, of which four bytes together mostly have none.
 */
class LevelSearch {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  #best: Candidate = noLevel
  #isAmbiguous = false

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.start = start
    this.end = end
  }

  run(): number {
    let first = skipColours(this.bytes, this.start, this.end)
    while (this.bytes[first] === sign.blank) first += 1
    this.#consider(first)
    const words = viewOf(this.bytes)
    const offset = this.bytes.byteOffset
    let at = this.start
    for (; at + 4 <= this.end; at += 4) {
      const four = words.getInt32(offset + at, true)
      // From @ to _, and from : to ?: looked for in all four bytes at once, the answer is in the lowest bit of each.
      const capitals = (four >>> 6) & ~(four >>> 5)
      const signs =
        (four >>> 5) & (four >>> 4) & (four >>> 3) & ((four >>> 2) | (four >>> 1)) & ~(four >>> 6)
      if (((capitals | signs) & 0x01010101) !== 0) this.#lookAt(at, at + 4)
    }
    this.#lookAt(at, this.end)
    return this.#isAmbiguous ? 0 : this.#best.level
  }

  #lookAt(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const byte = this.bytes[at] ?? 0
      if (isCapital(byte)) this.#lookAtCapital(at)
      else if (byte === sign.open) this.#lookBehindBracket(at)
      else if (byte === sign.less) this.#consider(at + 1)
      else if (byte === sign.colon || byte === sign.equals) this.#lookBeside(at)
    }
  }

  /** Only the first letter of a word; the end of a colour may stand before it. */
  #lookAtCapital(at: number): void {
    const before = at === this.start ? 0 : (this.bytes[at - 1] ?? 0)
    if (!isLetter(before) || before === letterM) this.#consider(at)
  }

  /** Behind `[`, which may begin a colour: a letter in brackets, or a word behind blanks. */
  #lookBehindBracket(at: number): void {
    if (this.bytes[at - 1] === sign.escape) {
      this.#consider(skipColours(this.bytes, at - 1, this.end))
      return
    }
    this.#consider(at)
    let next = at + 1
    while (this.bytes[next] === sign.blank) next += 1
    this.#consider(next)
  }

  /** The words in small letters before and behind `:` or `=`, with quotes and colours between. */
  #lookBeside(at: number): void {
    const last = this.bytes[at - 1] === sign.quote ? at - 1 : at
    let first = last
    while (
      first > this.start &&
      last - first < longestWord &&
      isNameByte(this.bytes[first - 1] ?? 0)
    )
      first -= 1
    if (last - first > 2) this.#consider(first)
    if (this.bytes[at] === sign.colon) this.#consider(at + 1)
  }

  #consider(at: number): void {
    if (at + 3 > this.end || beginnings[tripleAt(this.bytes, at)] === 0) return
    const candidate = readCandidate(this, at)
    if (candidate.weight > this.#best.weight) {
      this.#best = candidate
      this.#isAmbiguous = false
    } else if (candidate.weight === this.#best.weight && candidate.level !== this.#best.level)
      this.#isAmbiguous = true
  }
}

/** Small letters and `_`. */
function isNameByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || byte === sign.underscore
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a
}
