import type { LogRow } from '../../api/contract/logs.ts'
import { toColouredText, toPlainText } from '../../terminal/text/plain-text.ts'

export interface LinePrinterOptions {
  readonly isJson: boolean
  readonly isColoured: boolean
  /** Date and nanoseconds in UTC, in place of the time of the day here. */
  readonly hasTimestamps: boolean
}

/** Turns rows into text, each with its line end. */
export type PrintLine = (row: LogRow) => string

/** Names longer than this push the text of their line to the right. */
const maxNameWidth = 30
/** Colours of the terminal's own palette, without red and yellow, which mean something, and what is hard to read. */
const nameColours = [32, 34, 35, 36, 92, 94, 95, 96]

/** Makes a printer; it lines up the texts as far as it knows the names. */
export function createLinePrinter(options: LinePrinterOptions): PrintLine {
  if (options.isJson) return (row) => `${JSON.stringify(row)}\n`
  let width = 0
  return (row) => {
    const name = toPlainText(nameOf(row))
    width = Math.min(maxNameWidth, Math.max(width, name.length))
    const time = options.hasTimestamps ? toTimestamp(row) : toTimeOfDay(row)
    const label = name.padEnd(width)
    const head = options.isColoured ? `${dim(time)} ${paint(label, name)}` : `${time} ${label}`
    const indent = ' '.repeat(time.length + 1 + label.length)
    const text = options.isColoured ? toColouredText : toPlainText
    const [first = '', ...rest] = row.message.split(/\r?\n/)
    return [
      `${head} │ ${text(first)}\n`,
      ...rest.map((line) => `${indent} │ ${text(line)}\n`),
    ].join('')
  }
}

/** The container, else what is known of where the line comes from. */
function nameOf({ containerName, containerId, service, source, host }: LogRow): string {
  return containerName || containerId.slice(0, 12) || service || source || host
}

function toTimeOfDay({ time }: LogRow): string {
  const date = new Date(time)
  // The Swedish way of writing a time is ours.
  return `${date.toLocaleTimeString('sv-SE')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

function toTimestamp({ time, timeNanos }: LogRow): string {
  return new Date(time).toISOString().replace('Z', `${String(timeNanos).padStart(6, '0')}Z`)
}

function dim(text: string): string {
  return `\u001B[2m${text}\u001B[0m`
}

/** The same name has the same colour each time. */
function paint(text: string, name: string): string {
  let hash = 0
  for (const sign of name) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) >>> 0
  return `\u001B[${nameColours[hash % nameColours.length]}m${text}\u001B[0m`
}
