import type { InsertColumn } from '../engine.ts'

/** Makes text columns of rows: name the column and say how to read it from a row. */
export function textColumns<Row>(
  rows: readonly Row[],
): (name: string, read: (row: Row) => string) => InsertColumn {
  return (name, read) => ({ name, type: 'String', data: rows.map(read) })
}

/** Makes columns of whole numbers; what is no finite number becomes 0. */
export function wholeColumns<Row>(
  rows: readonly Row[],
): (name: string, read: (row: Row) => number) => InsertColumn {
  return (name, read) => ({
    name,
    type: 'Int64',
    data: BigInt64Array.from(rows, (row) => toBigInt(read(row))),
  })
}

/** A finite number without its fraction, 0 for any other. */
function toBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
}

/** An optional number as text, empty when absent: the insert reads it with `to…OrNull`. */
export function optionalText(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(value)
}

/** The value of the first tag with that name, empty when there is none. */
export function tagValue(tags: readonly string[], name: string): string {
  const prefix = `${name}:`
  return tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? ''
}

/** A list or map as JSON that the engine reads back whatever its texts hold. */
export function jsonText(value: unknown): string {
  // Half a surrogate pair, written as an escape, would make the engine refuse the whole document.
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed() : item,
  )
}
