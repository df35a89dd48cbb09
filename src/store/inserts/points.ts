import type { ColumnInsert } from '../engine.ts'
import type { PointColumns, StoredSeries } from '../store.ts'
import { jsonText, textColumns, toBigInt, wholeColumns } from './column-values.ts'

/** Points of several senders as one insert. */
export function insertOfPoints(parts: readonly PointColumns[]): ColumnInsert {
  const length = parts.reduce((sum, part) => sum + part.series.length, 0)
  const metrics: string[] = []
  const ids = new BigInt64Array(length)
  const times = new BigInt64Array(length)
  const values = new Float64Array(length)
  let row = 0
  for (const part of parts) {
    values.set(part.values, row)
    for (const [index, { id, metric }] of part.series.entries()) {
      metrics.push(metric)
      ids[row] = BigInt.asIntN(64, id)
      times[row] = toBigInt(part.timesMs[index] ?? 0)
      row += 1
    }
  }
  return {
    table: 'vigie.points_1s',
    into: ['metric', 'id', 'time', 'value'],
    columns: [
      { name: 'metric', type: 'String', data: metrics },
      { name: 'id', type: 'Int64', data: ids },
      { name: 'time', type: 'Int64', data: times },
      { name: 'value', type: 'Float64', data: values },
    ],
    select: ['metric', 'reinterpretAsUInt64(id)', `fromUnixTimestamp64Milli(time, 'UTC')`, 'value'],
  }
}

/** The series that points refer to. `seenMs` keeps them from ending before their points. */
export function insertOfSeries(series: readonly StoredSeries[], seenMs: number): ColumnInsert {
  const text = textColumns(series)
  const whole = wholeColumns(series)
  return {
    table: 'vigie.series',
    into: ['id', 'metric', 'kind', 'host', 'tags', 'interval_s', 'seen'],
    columns: [
      {
        name: 'id',
        type: 'Int64',
        data: BigInt64Array.from(series, ({ id }) => BigInt.asIntN(64, id)),
      },
      text('metric', ({ metric }) => metric),
      text('kind', ({ kind }) => kind),
      text('host', ({ host }) => host),
      text('tags', ({ tags }) => jsonText(tags)),
      whole('interval_s', ({ intervalS }) => intervalS),
      whole('seen', () => seenMs / 1000),
    ],
    select: [
      'reinterpretAsUInt64(id)',
      'metric',
      'kind',
      'host',
      `JSONExtract(tags, 'Array(String)')`,
      'toUInt32(interval_s)',
      `toDateTime(seen, 'UTC')`,
    ],
  }
}
