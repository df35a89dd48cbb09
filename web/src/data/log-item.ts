import type { LogRow } from '../../../src/api/contract/logs.ts'

/** One line of the list: a line of a log, or lines that were left out there and can be read from the history. */
export type LogItem = LogLine | LogGap

/** A line of a log. */
export interface LogLine {
  readonly kind: 'line'
  readonly key: string
  readonly row: LogRow
}

/** Lines that matched and are not here. */
export interface LogGap {
  readonly kind: 'gap'
  readonly key: string
  readonly skipped: number
}

/** A row as an item. */
export function toLine(row: LogRow): LogLine {
  return { kind: 'line', key: row.id, row }
}
