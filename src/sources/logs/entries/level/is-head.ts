import type { TextRange } from '../../../../component/linear-pattern/match-finder.ts'
import { isLetter, sign } from './bytes.ts'

/** Longest time at the beginning of a line. */
const mostBytes = 48

/** Parts of times, and the end of a colour. */
const headWords = new Set([
  't', 'z', 'utc', 'gmt', 'am', 'pm', 'cet', 'cest', 'est', 'edt', 'pst', 'pdt', 'm',
  'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec',
  'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun',
]) // prettier-ignore

/** What times and brackets consist of beside letters, blanks, and the beginning of a colour. */
const headSigns = new Uint8Array(256)
for (const byte of Buffer.from('0123456789 \t-:.,/+[]()|;\u001b')) headSigns[byte] = 1

/** Whether a word at `at` is the first of its line, or stands behind nothing but a time, brackets and signs. */
export function isHead({ bytes, start }: TextRange, at: number): boolean {
  if (at - start > mostBytes) return false
  let from = start
  while (from < at) {
    const to = skipHeadPart(bytes, from, at)
    if (to === from) return false
    from = to
  }
  return true
}

/** Goes over a sign, a word of a time, or brackets with whatever is in them, such as a thread's name. */
function skipHeadPart(bytes: Uint8Array, from: number, end: number): number {
  const byte = bytes[from] ?? 0
  if (isLetter(byte)) {
    const word = readWord(bytes, from, end)
    return headWords.has(word.toLowerCase()) ? from + word.length : from
  }
  if (byte === sign.open && bytes[from - 1] !== sign.escape) {
    const close = closing(bytes, from, end)
    return close < end ? close + 1 : from + 1
  }
  return headSigns[byte] === 1 ? from + 1 : from
}

/** Where the bracket ends; `end` when it does not. */
function closing(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== sign.close) at += 1
  return at
}

function readWord(bytes: Uint8Array, from: number, end: number): string {
  let word = ''
  for (let to = from; to < end && isLetter(bytes[to] ?? 0); to += 1)
    word += String.fromCharCode(bytes[to] ?? 0)
  return word
}
