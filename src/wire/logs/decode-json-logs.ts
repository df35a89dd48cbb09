import { logTimesEndNs, type LogOrigin } from '../../model/log-block.ts'
import { WireError } from '../wire-error.ts'
import { flattenAttributes } from './flatten-attributes.ts'
import { JsonOrigins, type LogDefaults, originNames } from './json-origins.ts'
import { firstOf, isRecord, jsonText, type JsonRecord } from './json-record.ts'
import { statusLevel } from './status-level.ts'

/** A line that came by one of Datadog's routes. */
export interface JsonLog {
  /** One object for all lines of a body that say the same of themselves. Its `host` may be empty. */
  readonly origin: LogOrigin
  /** Unix milliseconds; `undefined` where the line does not say, or says what cannot be. */
  readonly timeMs: number | undefined
  /** Place in `logLevels`. */
  readonly level: number
  readonly message: string
  /** A JSON object of texts, or empty. */
  readonly attributes: string
}

/**
 * Reads a body of `/api/v2/logs` or `/v1/input`: a JSON object, a list of them, or text, each line of which is a log. A body
 * without a log in it, such as the `{}` by which agents try a route, gives none.
 * @param mediaType `Content-Type`; without `json` in it, the body is text.
 * @param defaults Parameters of the address: what is said of logs that do not say it themselves.
 * @throws {WireError} When it is no JSON, or something in its list is no object.
 * @see Datadog's "Send logs", and "Preprocessing of JSON logs" for the names that a field can have
 */
export function decodeJsonLogs(
  bytes: Uint8Array,
  mediaType: string,
  defaults: LogDefaults,
): JsonLog[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  const origins = new JsonOrigins(defaults)
  if (!mediaType.includes('json')) return readLines(text, origins)
  const body = parse(text)
  const logs: readonly unknown[] = Array.isArray(body) ? body : [body]
  return logs.flatMap((log, index) => {
    if (!isRecord(log)) throw new WireError(`Cannot read the logs: log ${index} is no object`)
    return Object.keys(log).length === 0 ? [] : [readLog(log, origins)]
  })
}

function readLines(text: string, origins: JsonOrigins): JsonLog[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  return lines.map((message) => readLog({ message }, origins))
}

function readLog(log: JsonRecord, origins: JsonOrigins): JsonLog {
  const given = firstOf(log, messageNames)
  const inner = typeof given === 'string' ? parseObject(given) : isRecord(given) ? given : {}
  return {
    origin: origins.of(log),
    timeMs: timeOf(firstOf(log, timeNames)),
    // An agent tells no more than the output by its status, so that a text that says its level knows better.
    level: statusLevel(firstOf(inner, statusNames)) || statusLevel(firstOf(log, statusNames)),
    message: jsonText(given ?? log),
    attributes: flattenAttributes({ ...log, ...inner }, placedNames),
  }
}

const messageNames = ['message', 'msg', 'log']
const statusNames = ['status', 'severity', 'level', 'syslog.severity']
const timeNames = [
  '@timestamp', 'timestamp', '_timestamp', 'Timestamp', 'eventTime', 'date', 'published_date', 'syslog.timestamp',
] // prettier-ignore

/** What has a place of its own and need not be among the attributes. */
const placedNames = new Set([...messageNames, ...statusNames, ...timeNames, ...originNames])

const timesEndMs = Number(logTimesEndNs / 1_000_000n)

/** From a number of Unix milliseconds, as such or as text, or from an ISO 8601 text; up to the year 2199. */
function timeOf(given: unknown): number | undefined {
  const isText = typeof given === 'string'
  const timeMs = isText && !/^\d+$/.test(given) ? Date.parse(given) : Number(given ?? Number.NaN)
  return timeMs >= 0 && timeMs < timesEndMs ? timeMs : undefined
}

/** The object that a message is; an empty one when it is none. */
function parseObject(message: string): JsonRecord {
  if (!message.startsWith('{')) return {}
  try {
    const value: unknown = JSON.parse(message)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new WireError(`Cannot read the logs: not JSON: ${seen}`, { cause })
  }
}
