import type { Entry } from '../../entry.ts'
import { findLevel } from '../level/find-level.ts'
import { addTrace } from './add-trace.ts'
import type { AttributeList } from '../../../../wire/logs/attribute-list.ts'
import { looksLikeJson, readJsonLine } from './read-json-line.ts'
import { looksLikeLogfmt, readLogfmtLine } from './read-logfmt-line.ts'

/** What a line says of itself. */
export interface LineFacts {
  /** Place in `logLevels`. */
  readonly level: number
  /** The text that stands instead of the line; absent when that is the line itself. */
  readonly message?: string | undefined
  readonly attributes?: AttributeList
}

/** Reads what a line says of itself, in JSON, in logfmt, or in words. A line in words costs no string. */
export function readFacts({ bytes, start, end }: Entry): LineFacts {
  const json = looksLikeJson(bytes, start, end) ? readJsonLine(bytes, start, end) : undefined
  if (json !== undefined) {
    addTrace(json.attributes)
    if (json.level > 0) return json
    const message = json.message === undefined ? undefined : Buffer.from(json.message)
    return { ...json, level: message === undefined ? 0 : findLevel(message, 0, message.length) }
  }
  const level = findLevel(bytes, start, end)
  const pairs = looksLikeLogfmt(bytes, start, end) ? readLogfmtLine(bytes, start, end) : undefined
  if (pairs === undefined) return { level }
  addTrace(pairs)
  return { level, attributes: pairs }
}
