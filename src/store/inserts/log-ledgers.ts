import type { LogLedger } from '../../model/log-ledger.ts'
import type { ColumnInsert, InsertColumn } from '../engine.ts'
import { textColumns, wholeColumns } from './column-values.ts'

/** Names of the columns for numbers. */
const countColumns = {
  written_bytes: 'writtenBytes',
  read_bytes: 'readBytes',
  read_lines: 'readLines',
  sent_bytes: 'sentBytes',
  sent_lines: 'sentLines',
  dropped_lines: 'droppedLines',
  refused_lines: 'refusedLines',
  truncated_lines: 'truncatedLines',
  lost_bytes: 'lostBytes',
  rotations: 'rotations',
  waiting_lines: 'waitingLines',
  unanswered_lines: 'unansweredLines',
} as const satisfies Readonly<Record<string, keyof LogLedger>>

/** Ledgers as one insert; of one host and name, the newest stays. */
export function insertOfLedgers(ledgers: readonly LogLedger[]): ColumnInsert {
  const text = textColumns(ledgers)
  const whole = wholeColumns(ledgers)
  const counts = Object.entries(countColumns).map(([name, property]): InsertColumn =>
    whole(name, (ledger) => Math.max(0, ledger[property])),
  )
  const texts = ['host', 'name', 'container_id', 'container_name', 'way']
  const countNames = Object.keys(countColumns)
  return {
    table: 'vigie.log_ledgers',
    into: [...texts, 'time', ...countNames],
    columns: [
      text('host', ({ host }) => host),
      text('name', ({ name }) => name),
      text('container_id', ({ containerId }) => containerId),
      text('container_name', ({ containerName }) => containerName),
      text('way', ({ way }) => way),
      whole('time', ({ timeMs }) => timeMs),
      ...counts,
    ],
    select: [
      ...texts,
      `fromUnixTimestamp64Milli(time, 'UTC')`,
      ...countNames.map((name) => `toUInt64(${name})`),
    ],
  }
}
