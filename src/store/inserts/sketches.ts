import type { ColumnInsert, InsertColumn } from '../engine.ts'
import type { SketchRecord } from '../store.ts'
import { textColumns, wholeColumns } from './column-values.ts'

/** Sketches as one insert. One that is there already is replaced. */
export function insertOfSketches(sketches: readonly SketchRecord[]): ColumnInsert {
  const text = textColumns(sketches)
  const whole = wholeColumns(sketches)
  const real = (name: string, read: (sketch: SketchRecord) => number): InsertColumn => ({
    name,
    type: 'Float64',
    data: Float64Array.from(sketches, read),
  })
  return {
    table: 'vigie.sketches',
    into: ['metric', 'id', 'time', 'count', 'min', 'max', 'sum', 'keys', 'counts'],
    columns: [
      text('metric', ({ series }) => series.metric),
      {
        name: 'id',
        type: 'Int64',
        data: BigInt64Array.from(sketches, ({ series }) => BigInt.asIntN(64, series.id)),
      },
      whole('time', ({ timeMs }) => timeMs),
      whole('count', ({ count }) => count),
      real('min', ({ min }) => min),
      real('max', ({ max }) => max),
      real('sum', ({ sum }) => sum),
      text('keys', ({ keys }) => base64(Int16Array.from(keys))),
      text('counts', ({ counts }) => base64(Uint32Array.from(counts))),
    ],
    select: [
      'metric',
      'reinterpretAsUInt64(id)',
      `fromUnixTimestamp64Milli(time, 'UTC')`,
      'toUInt64(count)',
      'min',
      'max',
      'sum',
      `reinterpret(base64Decode(keys), 'Array(Int16)')`,
      `reinterpret(base64Decode(counts), 'Array(UInt32)')`,
    ],
  }
}

/** A list of numbers travels as its bytes: text is the only kind of column that has any length. */
function base64({ buffer, byteOffset, byteLength }: Int16Array | Uint32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}
