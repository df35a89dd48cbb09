import { logOutputs } from '../../../model/log-level.ts'
import { JsonUnescaper } from './json-unescaper.ts'
import { TimestampReader } from './timestamp-reader.ts'

/**
 * One line of a file of the driver `json-file`, read in place:
 * `{"log":"…\n","stream":"stdout","attrs":{…},"time":"2026-01-31T23:59:59.123456789Z"}`. A message without an escape but
 * that of its line end stays where it is.
 * @see moby, daemon/logger/jsonfilelog/jsonlog/jsonlogbytes.go
 */
export class DockerJsonLine {
  /** The message is `bytes` from `start` to `end`, without its line end. */
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  /** Whether the message ended with a line end; else the engine has cut the line, and goes on with it. */
  isLast = false
  /** Place in `logOutputs`. */
  output = 0
  /** `undefined` where the time cannot be read. */
  timeNs: bigint | undefined
  readonly #unescaper = new JsonUnescaper()
  readonly #times = new TimestampReader()

  /** Reads `bytes` from `start` to `end`, which has no line end; false when it is no such line. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (!matches(bytes, start, messageBegin)) return this.#parse(bytes, start, end)
    const close = this.#readMessage(bytes, start + messageBegin.length, end)
    if (close >= 0 && this.#readRest(bytes, close + 1, end)) return true
    return this.#parse(bytes, start, end)
  }

  /** Gives where the closing quote of the message is; -1 without one. */
  #readMessage(bytes: Buffer, start: number, end: number): number {
    const close = bytes.indexOf(quote, start)
    if (close < 0 || close >= end) return -1
    // Nothing is escaped but the line end that the engine has put there itself.
    const isLast = bytes[close - 2] === backslash && bytes[close - 1] === letterN
    const escape = isLast ? bytes.indexOf(backslash, start) : close
    if (escape < close - 2) return this.#unescape(bytes, start, end)
    if (!isLast && bytes.subarray(start, close).includes(backslash))
      return this.#unescape(bytes, start, end)
    this.bytes = bytes
    this.start = start
    this.end = isLast ? escape : close
    this.isLast = isLast
    return close
  }

  #unescape(bytes: Buffer, start: number, end: number): number {
    const close = this.#unescaper.read(bytes, start, end)
    if (close >= 0) this.#setMessage(this.#unescaper.bytes, this.#unescaper.length)
    return close
  }

  #setMessage(bytes: Buffer, length: number): void {
    this.isLast = length > 0 && bytes[length - 1] === lineEnd
    this.bytes = bytes
    this.start = 0
    this.end = this.isLast ? length - 1 : length
  }

  /** What comes behind the message, in the order in which the engine writes it. */
  #readRest(bytes: Buffer, from: number, end: number): boolean {
    if (matches(bytes, from, stdoutField)) this.output = stdout
    else if (matches(bytes, from, stderrField)) this.output = stderr
    else return false
    let at = from + stdoutField.length
    if (!matches(bytes, at, timeBegin)) {
      const attributes = at
      at = bytes.lastIndexOf(timeBegin, end - 1)
      const hasAttributes = matches(bytes, attributes, attributesBegin) && bytes[at - 1] === brace
      if (at < attributes || !hasAttributes) return false
    }
    const timeEnd = end - 2
    if (bytes[timeEnd] !== quote || bytes[timeEnd + 1] !== brace) return false
    const isTime = this.#times.read(bytes, at + timeBegin.length, timeEnd)
    this.timeNs = isTime ? this.#times.timeNs : undefined
    return isTime
  }

  /** In any order, and with any fields; bytes that are no UTF-8 become U+FFFD here. */
  #parse(bytes: Buffer, start: number, end: number): boolean {
    const fields = parseObject(bytes.toString('utf8', start, end))
    if (fields === undefined) return false
    const { log = '', stream, time } = fields
    if (typeof log !== 'string' || (fields.log === undefined && time === undefined)) return false
    const message = Buffer.from(log)
    this.#setMessage(message, message.length)
    this.output = Math.max(
      logOutputs.findIndex((output) => output === stream),
      0,
    )
    const text = Buffer.from(typeof time === 'string' ? time : '')
    this.timeNs = this.#times.read(text, 0, text.length) ? this.#times.timeNs : undefined
    return true
  }
}

const quote = 34
const backslash = 92
const letterN = 110
const lineEnd = 10
const brace = 125
const stdout = logOutputs.indexOf('stdout')
const stderr = logOutputs.indexOf('stderr')

/** With which a line of the engine begins. */
export const messageBegin: Buffer = Buffer.from('{"log":"')
const stdoutField = Buffer.from(',"stream":"stdout"')
const stderrField = Buffer.from(',"stream":"stderr"')
const attributesBegin = Buffer.from(',"attrs":{')
const timeBegin = Buffer.from(',"time":"')

function matches(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let index = 0; index < wanted.length; index += 1)
    if (bytes[at + index] !== wanted[index]) return false
  return true
}

interface Fields {
  readonly log?: unknown
  readonly stream?: unknown
  readonly time?: unknown
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
