import { textOf } from '../text-of.ts'
import { AttributeList } from '../../../../wire/logs/attribute-list.ts'

/** `level=info msg="a \"b\"" k=v`: a name, `=`, and a value with quotes or without. */
const pair = /([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"=]*))(?:\s+|$)/y

/** Longer names are none. */
const longestName = 64

/** Whether a line can be logfmt: it begins with a name and `=`. */
export function looksLikeLogfmt(bytes: Uint8Array, start: number, end: number): boolean {
  const limit = Math.min(end, start + longestName)
  let at = start
  while (at < limit && isNameByte(bytes[at] ?? 0)) at += 1
  return at > start && at < limit && bytes[at] === 0x3d
}

/** @returns `undefined` unless the whole line consists of at least two pairs. @see https://brandur.org/logfmt */
export function readLogfmtLine(
  bytes: Uint8Array,
  start: number,
  end: number,
): AttributeList | undefined {
  const text = textOf(bytes, start, end)
  const attributes = new AttributeList()
  let pairs = 0
  pair.lastIndex = 0
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text)
    if (found === null) return undefined
    const [, name = '', quoted, plain = ''] = found
    attributes.set(name, quoted === undefined ? plain : unquote(quoted))
    pairs += 1
  }
  return pairs < 2 ? undefined : attributes
}

/** Letters, digits and the signs that names have. */
function isNameByte(byte: number): boolean {
  const small = byte | 0x20
  return (
    (small >= 0x61 && small <= 0x7a) ||
    (byte >= 0x2d && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x40
  )
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unquote(text: string): string {
  return text.includes('\\')
    ? text.replaceAll(/\\(.)/gs, (_all, char: string) => escapes[char] ?? char)
    : text
}
