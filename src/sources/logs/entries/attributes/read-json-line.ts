import { isRecord, type JsonRecord, jsonText } from '../../../../wire/logs/json-record.ts'
import { statusLevel } from '../../../../wire/logs/status-level.ts'
import { AttributeList } from '../../../../wire/logs/attribute-list.ts'
import { textOf } from '../text-of.ts'
import { parseExactly } from './parse-exactly.ts'

/** What a line that is a JSON object says. */
export interface JsonLine {
  /** `undefined`: it has none of the usual names, and the whole line is the message. */
  readonly message: string | undefined
  /** Place in `logLevels`; 0 when it says none. */
  readonly level: number
  readonly attributes: AttributeList
}

const messageNames = ['message', 'msg', 'log', 'text']
const levelNames = [
  'level', 'severity', 'log.level', 'lvl', 'loglevel', 'levelname', 'severityText', 'severity_text', 'status', '@l',
] // prettier-ignore

/** Whether a line can be a JSON object at all: it begins and ends like one, after blanks. */
export function looksLikeJson(bytes: Uint8Array, start: number, end: number): boolean {
  let first = start
  while (first < end && isSpace(bytes[first] ?? 0)) first += 1
  if (bytes[first] !== 0x7b || first >= end) return false
  let last = end - 1
  while (isSpace(bytes[last] ?? 0)) last -= 1
  return bytes[last] === 0x7d
}

/** @returns `undefined` when it is no object of JSON. */
export function readJsonLine(bytes: Uint8Array, start: number, end: number): JsonLine | undefined {
  const fields = parseObject(textOf(bytes, start, end))
  if (fields === undefined) return undefined
  const messageName = messageNames.find((name) => typeof own(fields, name) === 'string')
  const attributes = new AttributeList()
  for (const [name, field] of Object.entries(fields))
    if (name !== messageName) attributes.setJson(name, field)
  const message = messageName === undefined ? undefined : jsonText(fields[messageName])
  return { message, level: takeLevel(fields, attributes), attributes }
}

function parseObject(text: string): JsonRecord | undefined {
  try {
    const value = parseExactly(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What says the level is no attribute beside it. */
function takeLevel(fields: JsonRecord, attributes: AttributeList): number {
  for (const name of levelNames) {
    const level = statusLevel(own(fields, name) ?? attributes.get(name))
    // A status of HTTP is no level.
    if (level === 0 || (name === 'status' && typeof fields[name] === 'number')) continue
    attributes.delete(name)
    return level
  }
  return isMongo(fields) ? mongoLevel(jsonText(fields['s'])) : 0
}

/** @see https://www.mongodb.com/docs/manual/reference/log-messages/#structured-logging */
function isMongo(fields: JsonRecord): boolean {
  return typeof fields['s'] === 'string' && 'c' in fields && 'ctx' in fields
}

/** `F`, `E`, `W`, `I`, `D1` to `D5`. */
function mongoLevel(severity: string): number {
  return statusLevel(severity.slice(0, 1))
}

function own(fields: JsonRecord, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}
