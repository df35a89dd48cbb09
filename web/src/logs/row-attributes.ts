import type { LogRow } from '../../../src/api/contract/logs.ts'
import { plainText } from './terminal-text.ts'

/** Characters of one value, and of all, that a row shows; the whole is in the open line. */
const longestValue = 100
const mostLength = 400
/** A value so long is not in a message by chance. */
const tellingLength = 8
const wordSign = /[\w-]/
/** So much of a message is looked through for what it has already. */
const searchedLength = 20_000

const known = new WeakMap<LogRow, string>()

/**
 * What a row shows behind its message, blanks between them included: `  job=17 user="a b"`. It leaves out what has no value,
 * what can be read in the message, and the trace when it is there under another name as well. Empty when nothing is left.
 */
export function attributesBehind(row: LogRow): string {
  const before = known.get(row)
  if (before !== undefined) return before
  const attributes = writeAttributes(row)
  const text = attributes === '' || row.message === '' ? attributes : `  ${attributes}`
  known.set(row, text)
  return text
}

function writeAttributes({ message, attributes }: LogRow): string {
  const all = Object.entries(attributes)
  const said = message.slice(0, searchedLength)
  let text = ''
  for (const [name, value] of all) {
    if (value === '' || isTraceAgain(name, value, all) || isInMessage(said, name, value)) continue
    text += `${text === '' ? '' : ' '}${quote(name)}=${quote(shorten(value, longestValue))}`
    if (text.length > mostLength) return shorten(text, mostLength)
  }
  return text
}

/** The agent adds these two to whatever a line calls them. */
function isTraceAgain(
  name: string,
  value: string,
  all: readonly (readonly [string, string])[],
): boolean {
  if (name !== 'trace_id' && name !== 'span_id') return false
  return all.some(
    ([other, text]) =>
      other !== name && (text === value || (other === 'traceparent' && text.includes(value))),
  )
}

/** As a pair of logfmt, as a member of JSON, or as a value that speaks for itself. */
function isInMessage(message: string, name: string, value: string): boolean {
  const escaped = JSON.stringify(value)
  const member = JSON.stringify(name.slice(name.lastIndexOf('.') + 1))
  return (
    hasWord(message, `${name}=${value}`) ||
    message.includes(`${name}=${escaped}`) ||
    message.includes(`${member}:`) ||
    message.includes(`${member} :`) ||
    (value.length >= tellingLength && hasWord(message, value))
  )
}

/** Whether a text stands in a message and is no part of a longer word. */
function hasWord(message: string, text: string): boolean {
  for (let at = message.indexOf(text); at >= 0; at = message.indexOf(text, at + 1)) {
    const isPart =
      wordSign.test(message.charAt(at - 1)) || wordSign.test(message.charAt(at + text.length))
    if (!isPart) return true
  }
  return false
}

function quote(text: string): string {
  const plain = plainText(text)
  return /[\s"]/.test(plain) ? JSON.stringify(plain) : plain
}

/** The beginning of a text, which does not end between the halves of a character. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(length - 1))
  return `${text.slice(0, isSplit ? length - 1 : length)}…`
}
