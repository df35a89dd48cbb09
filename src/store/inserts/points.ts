import type { ColumnInsert, InsertColumn } from '../engine.ts'
import type { PointColumns, StoredSeries } from '../store.ts'
import { jsonText, textColumns, wholeColumns } from './column-values.ts'

/** Names of metrics that stand in the text of an insert; the engine reads 256 KiB of a statement at most. */
const listedNamesLength = 100_000

/** Points of several senders as one insert. */
export function insertOfPoints(parts: readonly PointColumns[]): ColumnInsert {
  const length = parts.reduce((sum, part) => sum + part.series.length, 0)
  const memory = new ArrayBuffer(28 * length)
  const ids = new BigUint64Array(memory, 0, length)
  const times = new Float64Array(memory, 8 * length, length)
  const values = new Float64Array(memory, 16 * length, length)
  const places = new Uint32Array(memory, 24 * length, length)
  const metrics = new Map<string, number>()
  let row = 0
  for (const part of parts) {
    values.set(part.values, row)
    times.set(part.timesMs, row)
    for (const { id, metric } of part.series) {
      let place = metrics.get(metric)
      if (place === undefined) metrics.set(metric, (place = metrics.size + 1))
      places[row] = place
      ids[row] = id
      row += 1
    }
  }
  const metric = metricColumn([...metrics.keys()], places)
  return {
    table: 'vigie.points_1s',
    into: ['metric', 'id', 'time', 'value'],
    columns: [
      metric.column,
      { name: 'id', type: 'UInt64', data: ids },
      { name: 'time', type: 'Float64', data: times },
      { name: 'value', type: 'Float64', data: values },
    ],
    select: [metric.select, 'id', `fromUnixTimestamp64Milli(toInt64(time), 'UTC')`, 'value'],
    free: () => void memory.transfer(0),
  }
}

/** Each row has the place of its name in a list: a text for each would take three times as long as all the rest. */
function metricColumn(
  names: readonly string[],
  places: Uint32Array,
): { readonly column: InsertColumn; readonly select: string } {
  const list = names.map((name) => `'${name.replaceAll(/['\\]/g, String.raw`\$&`)}'`).join()
  if (list.length <= listedNamesLength) {
    return { column: { name: 'metric', type: 'UInt32', data: places }, select: `[${list}][metric]` }
  }
  const data = Array.from(places, (place) => names[place - 1] ?? '')
  return { column: { name: 'metric', type: 'String', data }, select: 'metric' }
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
