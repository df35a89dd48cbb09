import { logTimesEndNs, type LogOrigin } from '../../model/log-block.ts'
import { parseJsonText } from '../parse-json-text.ts'
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

/** Logs in one body. Datadog takes 1,000 logs at a time. */
const mostLogs = 200_000
/** JSON in the messages of one body, in UTF-16 units; beyond it messages are texts. Datadog takes 5 MB at a time. */
const mostInnerLength = 8 * 1024 * 1024

/**
 * Reads a body of `/api/v2/logs` or `/v1/input`: a JSON object, a list of them, or text, each line of which is a log. A body
 * without a log in it, such as the `{}` by which agents try a route, gives none.
 * @param mediaType `Content-Type`; without `json` in it, the body is text.
 * @param defaults Parameters of the address: what is said of logs that do not say it themselves.
 * @throws {WireError} When it is no JSON, something in its list is no object, or there are more than 200,000 logs.
 * @see Datadog's "Send logs", and "Preprocessing of JSON logs" for the names that a field can have
 */
export function decodeJsonLogs(
  bytes: Uint8Array,
  mediaType: string,
  defaults: LogDefaults,
): JsonLog[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  const reading = { origins: new JsonOrigins(defaults), innerLength: mostInnerLength }
  if (!mediaType.includes('json')) return readLines(text, reading)
  const body = parseJsonText(text, 'the logs')
  const logs: readonly unknown[] = Array.isArray(body) ? body : [body]
  checkCount(logs)
  return logs.flatMap((log, index) => {
    if (!isRecord(log)) throw new WireError(`Cannot read the logs: log ${index} is no object`)
    return Object.keys(log).length === 0 ? [] : [readLog(log, reading)]
  })
}

function readLines(text: string, reading: Reading): JsonLog[] {
  const lines = text.split(/\r?\n/, mostLogs + 1)
  checkCount(lines)
  return lines.filter((line) => line !== '').map((message) => readLog({ message }, reading))
}

/** The logs of one body, being read. */
interface Reading {
  readonly origins: JsonOrigins
  /** How much JSON in messages may still be read, in UTF-16 units. */
  innerLength: number
}

/** A log takes hundreds of bytes in memory, and two on the wire. */
function checkCount({ length }: ArrayLike<unknown>): void {
  if (length > mostLogs)
    throw new WireError(`Cannot read the logs: there are more than ${mostLogs}; send fewer at once`)
}

function readLog(log: JsonRecord, reading: Reading): JsonLog {
  const given = firstOf(log, messageNames)
  const inner =
    typeof given === 'string' ? parseObject(given, reading) : isRecord(given) ? given : {}
  return {
    origin: reading.origins.of(log),
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

/** The object that a message is; an empty one when it is none, or too much was read already. */
function parseObject(message: string, reading: Reading): JsonRecord {
  if (!message.startsWith('{') || message.length > reading.innerLength) return {}
  reading.innerLength -= message.length
  try {
    const value = parseJsonText(message, 'the message')
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
