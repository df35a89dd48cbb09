import type { LogBlock, LogOrigin } from '../../model/log-block.ts'
import { type LogLevel, logLevels, logOutputs } from '../../model/log-level.ts'

/** How much goes into one body. */
export interface JsonLogLimits {
  readonly lines: number
  /** Of the body before it is compressed. */
  readonly bytes: number
}

/** Lines as one body of `/api/v2/logs`. */
export interface JsonLogs {
  readonly body: Buffer
  readonly lineCount: number
  /** Of its last line, Unix milliseconds. */
  readonly timeMs: number
}

/**
 * The lines of a block as Datadog's logs intake takes them, in their order. A line that alone is longer than a body may be
 * comes as a body of its own, which is longer than that. Nothing refers to the block once all has been read.
 * @see `pkg/logs/processor/json.go` of the Datadog Agent
 */
export function* encodeJsonLogs(
  block: LogBlock,
  limits: JsonLogLimits,
): Generator<JsonLogs, void, void> {
  let lines: Buffer[] = []
  let sizeBytes = 0
  let timeMs = 0
  const end = (): JsonLogs => {
    const logs = { body: joinLines(lines, sizeBytes), lineCount: lines.length, timeMs }
    lines = []
    sizeBytes = 0
    return logs
  }
  for (const { text, atMs } of linesOf(block)) {
    const line = Buffer.from(text)
    const isFull = lines.length >= limits.lines || sizeBytes + line.length + 2 > limits.bytes
    if (isFull && lines.length > 0) yield end()
    lines.push(line)
    sizeBytes += line.length + 1
    timeMs = atMs
  }
  if (lines.length > 0) yield end()
}

/** A list of JSON. @param sizeBytes Of the lines, with one byte more for each. */
function joinLines(lines: readonly Buffer[], sizeBytes: number): Buffer {
  // Each line has a comma or the bracket before it, and the last one the other bracket after it.
  const body = Buffer.allocUnsafeSlow(sizeBytes + 1)
  let at = 0
  for (const line of lines) {
    at = body.writeUInt8(at === 0 ? openBracket : comma, at)
    at += line.copy(body, at)
  }
  body.writeUInt8(closeBracket, at)
  return body
}

const [openBracket, comma, closeBracket] = [0x5b, 0x2c, 0x5d]

function* linesOf(block: LogBlock): Generator<{ text: string; atMs: number }, void, void> {
  let at = 0
  for (const { origin, lineCount } of block.runs) {
    const rest = knownOrigins.get(origin) ?? encodeOrigin(origin)
    for (const end = at + lineCount; at < end; at += 1) {
      const atMs = Number((block.timesNs[at] ?? 0n) / 1_000_000n)
      const { message, tags } = readLine(block, at)
      const text = `{"message":${JSON.stringify(message)},"status":"${statusOf(block, at)}","timestamp":${atMs}`
      yield { text: text + (tags === '' ? rest : withTags(rest, tags)), atMs }
    }
  }
}

const knownOrigins = new WeakMap<LogOrigin, string>()

/** What all lines of an origin end with; the tags come last. */
function encodeOrigin(origin: LogOrigin): string {
  const { host, service, source, tags } = origin
  const fields = { hostname: host, service, ddsource: source, ddtags: tags.join(',') }
  const text = `,${JSON.stringify(fields).slice(1)}`
  knownOrigins.set(origin, text)
  return text
}

/**
 * The text that was printed. Of a line of JSON a block has its message and its other fields apart: they are put together
 * again, because an intake makes attributes of a message that is JSON, and knows no others.
 */
function readLine(
  block: LogBlock,
  at: number,
): { readonly message: string; readonly tags: string } {
  const message = textAt(block.messages, block.messageOffsets, at)
  const attributes = textAt(block.attributes, block.attributeOffsets, at)
  if (attributes === '') return { message, tags: '' }
  if (marksAlone.test(attributes)) return { message, tags: attributes.replaceAll(/["{}]/g, '') }
  const wasJson = !message.startsWith('{') && !isLogfmt(message, attributes)
  if (!wasJson) return { message, tags: '' }
  return { message: `{"message":${JSON.stringify(message)},${attributes.slice(1)}`, tags: '' }
}

/** What the agent itself notes of a line, which Datadog has as tags. */
const marksAlone = /^\{(?:"(?:truncated|multiline)":"\w+",?)+\}$/

/** @param rest As `encodeOrigin` gives it. */
function withTags(rest: string, tags: string): string {
  const before = rest.slice(0, -2)
  return `${before}${before.endsWith('"') ? '' : ','}${tags}"}`
}

/** Whether the attributes were read out of the message, `name=value`. */
function isLogfmt(message: string, attributes: string): boolean {
  const [, firstName] = /^\{"([\w.@/-]+)":/.exec(attributes) ?? []
  return firstName !== undefined && message.startsWith(`${firstName}=`)
}

/** Datadog's name of the level; of a line that says none, what its output says, as the Agent has it. */
function statusOf({ levels, outputs }: LogBlock, at: number): Status {
  const level = logLevels[levels[at] ?? 0] ?? 'unknown'
  if (level !== 'unknown') return level
  return logOutputs[outputs[at] ?? 0] === 'stderr' ? 'error' : 'info'
}

type Status = Exclude<LogLevel, 'unknown'>

/** Bytes that are no UTF-8 become U+FFFD. */
function textAt(bytes: Uint8Array, offsets: Int32Array, at: number): string {
  const [start = 0, end = 0] = [offsets[at], offsets[at + 1]]
  if (start === end) return ''
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
}
