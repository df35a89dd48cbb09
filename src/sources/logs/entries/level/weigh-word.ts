import type { TextRange } from '../../../../component/linear-pattern/match-finder.ts'
import { isBlank, isWordByte, sign } from './bytes.ts'
import { isHead } from './is-head.ts'
import type { LevelWord } from './level-words.ts'

/** A word for a level, and the bytes beside it, colours left out; 0 at the ends of the line. */
export interface Word {
  readonly known: LevelWord
  readonly from: number
  readonly before: number
  readonly after: number
  /** In capitals. */
  readonly isUpper: boolean
}

/** How much a word looks like the level of its line; 0 is not at all. */
export const weights = {
  named: 8,
  prefix: 7,
  bracket: 6,
  tag: 5,
  quoted: 4,
  separated: 3,
  capitals: 2,
} as const

/** @returns One of `weights`, or 0. */
export function weighWord(line: TextRange, word: Word): number {
  if (isSaidAtHead(line, word)) return weights.prefix
  if (isBracketed(line, word)) return weights.bracket
  if (isTag(line, word)) return weights.tag
  if (word.before === sign.quote && word.after === sign.quote)
    return word.isUpper ? weights.quoted : 0
  return weighAlone(word)
}

/** The first word of the line, or the first behind its time. */
function isSaidAtHead(line: TextRange, { known, from, after, isUpper }: Word): boolean {
  const isEnough = after === sign.colon || isUpper || headEnough(known, after)
  return isEnough && headEnds.has(after) && isHead(line, from)
}

const headEnds: ReadonlySet<number> = new Set([
  0, sign.blank, sign.tab, sign.colon, sign.comma, sign.bar, sign.open, sign.close, sign.slash,
]) // prettier-ignore

/** In small letters. */
function headEnough(known: LevelWord, after: number): boolean {
  if (after === sign.comma || after === sign.bar) return known.isPlain
  return known.isBare && (isBlank(after) || after === 0)
}

/** `[error]`, `[ERROR ]`, `<Warning>`, `(INFO)`, and at the end of a bracket: `[12:00:00 INF]`. */
function isBracketed(line: TextRange, { known, from, before, after, isUpper }: Word): boolean {
  const last = isBlank(after) ? nextByte(line, from + known.bytes.length, 1) : after
  const first = isBlank(before) ? nextByte(line, from - 1, -1) : before
  if (first === sign.open) return last === sign.close || last === sign.colon
  if (first === sign.less) return last === sign.greater
  if (first === sign.openRound) return last === sign.closeRound && isUpper
  return last === sign.close && isUpper && isBlank(before)
}

/** The first byte from `from` on, in a direction, that is no blank; 0 at the end. */
function nextByte({ bytes, start, end }: TextRange, from: number, step: 1 | -1): number {
  let at = from
  while (at >= start && at < end && isBlank(bytes[at] ?? 0)) at += step
  return at >= start && at < end ? (bytes[at] ?? 0) : 0
}

/** `production.ERROR:`, `mpm_event:notice]`, `z2m:info `. */
function isTag({ bytes }: TextRange, { from, before, after, isUpper }: Word): boolean {
  if (before !== sign.colon && before !== sign.dot) return false
  const owner = bytes[from - 2] ?? 0
  if (!isWordByte(owner) && owner !== sign.colon) return false
  if (before === sign.dot) return isUpper && after === sign.colon
  return isBlank(after) || after === sign.close || after === sign.colon || after === 0
}

/** Behind a blank or `|`. */
function weighAlone({ known, before, after, isUpper }: Word): number {
  if (!isBlank(before) && before !== sign.bar) return 0
  if (after === sign.colon || after === sign.bar || after === sign.slash)
    return isUpper || known.isPlain ? weights.separated : 0
  const isAlone = isBlank(after) || after === 0 || after === sign.dash
  return isUpper && isAlone ? weights.capitals : 0
}
