import type { TextRange } from '../../../../component/linear-pattern/match-finder.ts'
import { statusLevel } from '../../../../wire/logs/status-level.ts'
import {
  isBlank,
  isDigit,
  isLetter,
  isWordByte,
  shortText,
  sign,
  skipColours,
  skipColoursBack,
} from './bytes.ts'
import { wordAt } from './level-words.ts'
import { weights, weighWord } from './weigh-word.ts'

/** A word that may be a level, and how much it looks like one: more is surer, 0 is not at all. */
export interface Candidate {
  readonly level: number
  readonly weight: number
}

export const noLevel: Candidate = { level: 0, weight: 0 }

/** Looks at what begins at `at`: a word that may be a level or its name, or a letter in brackets. */
export function readCandidate(line: TextRange, at: number): Candidate {
  const { bytes } = line
  if (bytes[at] === sign.open) return readLetter(line, at + 1)
  if (!isLetter(bytes[at] ?? 0)) return noLevel
  const before = skipColoursBack(bytes, at, line.start)
  if (before > line.start && before === at && isWordByte(bytes[at - 1] ?? 0)) return noLevel
  const end = wordEnd(line, at)
  const known = wordAt(bytes, at, end)
  if (known === undefined) return noLevel
  if (known.kind === 'key') return readNamed(line, end)
  const word = {
    known,
    from: at,
    before: byteIn(line, before - 1),
    after: byteIn(line, skipColours(bytes, end, line.end)),
    isUpper: isCapital(bytes, at, end),
  }
  return { level: known.level, weight: weighWord(line, word) }
}

/** 0 outside. */
function byteIn({ bytes, start, end }: TextRange, at: number): number {
  return at >= start && at < end ? (bytes[at] ?? 0) : 0
}

/** `[E]`: letters that loggers put into brackets. */
function readLetter({ bytes, end }: TextRange, at: number): Candidate {
  if (at + 1 >= end || bytes[at + 1] !== sign.close) return noLevel
  const letter = String.fromCharCode(bytes[at] ?? 0)
  if (!'EWIDFTVCN'.includes(letter)) return noLevel
  return { level: statusLevel(letter === 'V' ? 'trace' : letter), weight: weights.bracket }
}

function wordEnd({ bytes, end }: TextRange, at: number): number {
  let to = at
  while (to < end && isWordByte(bytes[to] ?? 0)) to += 1
  return to
}

/** Reads what is named: behind `=` or `:`, with blanks and quotes around it. */
function readNamed({ bytes, end }: TextRange, at: number): Candidate {
  let from = at
  while (from < end && isFiller(bytes[from] ?? 0)) from += 1
  const between = shortText(bytes, at, from)
  if (!/^["']?\s*[=:]\s*["']?$/.test(between)) return noLevel
  let to = from
  while (to < end && isWordByte(bytes[to] ?? 0)) to += 1
  const text = shortText(bytes, from, Math.min(to, from + 16))
  const level = statusLevel(isDigit(bytes[from] ?? 0) ? Number(text) : text)
  return level === 0 ? noLevel : { level, weight: weights.named }
}

const fillers: ReadonlySet<number> = new Set([sign.quote, sign.apostrophe, sign.equals, sign.colon])

/** What stands between a name and its level. */
function isFiller(byte: number): boolean {
  return isBlank(byte) || fillers.has(byte)
}

/** Whether a word has no small letter. */
function isCapital(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) >= 0x61) return false
  return true
}
