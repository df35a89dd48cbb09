import type { SqlParameters } from '../../sql-parameters.ts'
import type { LineOrder } from '../fetch-lines.ts'
import type { LineKey } from '../line-key.ts'
import type { TimeRange } from '../time-range.ts'

/** The condition that a line lies in a range. */
export function rangeSql({ fromNs, toNs }: TimeRange, parameters: SqlParameters): string {
  return `time >= ${timeSql(fromNs, parameters)} AND time < ${timeSql(toNs, parameters)}`
}

/** The condition that a line follows another. */
export function afterSql(after: LineKey, order: LineOrder, parameters: SqlParameters): string {
  const sign = order === 'desc' ? '<' : '>'
  return `(time ${sign} ${timeSql(after.timeNs, parameters)} OR ${placeSql(after, sign, parameters)})`
}

/** The condition that a line is this one. */
export function keySql(key: LineKey, parameters: SqlParameters): string {
  return placeSql(key, '=', parameters)
}

/** How a line of the same moment stands to another. */
function placeSql(key: LineKey, sign: '<' | '=' | '>', parameters: SqlParameters): string {
  const values = [key.origin, key.file, key.position].map((value) => parameters.unsigned(value))
  const time = timeSql(key.timeNs, parameters)
  return `(time = ${time} AND (origin, file, position) ${sign} (${values.join(', ')}))`
}

function timeSql(ns: bigint, parameters: SqlParameters): string {
  return `fromUnixTimestamp64Nano(${parameters.whole(ns)}, 'UTC')`
}
