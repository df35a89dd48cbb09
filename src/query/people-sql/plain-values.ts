/** Matches the type of a column, or of a list's items, that the engine writes as a string to keep it exact. */
const wideWhole = /^(?:(?:Array|Nullable|LowCardinality)\()*U?Int(?:64|128|256)\)*$/

/** The rows with wide whole numbers as numbers where these are exact. */
export function plainRows(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly (readonly unknown[])[],
): readonly (readonly unknown[])[] {
  const wide = columns.map(({ type }) => wideWhole.test(type))
  if (!wide.includes(true)) return rows
  return rows.map((row) => row.map((value, index) => (wide[index] ? plainWhole(value) : value)))
}

function plainWhole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainWhole)
  if (typeof value !== 'string') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
