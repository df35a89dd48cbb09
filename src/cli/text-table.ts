/** A column of a table in the terminal. */
export interface TextColumn<Row> {
  readonly title: string
  readonly isNumber?: boolean
  readonly text: (row: Row) => string
}

/** Lines with columns three spaces apart, numbers to the right; the first line holds the titles. */
export function formatTable<Row>(
  columns: readonly TextColumn<Row>[],
  rows: readonly Row[],
): string {
  const cells = rows.map((row) => columns.map(({ text }) => text(row)))
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)),
  )
  const toLine = (line: readonly string[]): string =>
    line
      .map((cell, at) =>
        columns[at]?.isNumber === true
          ? cell.padStart(widths[at] ?? 0)
          : cell.padEnd(widths[at] ?? 0),
      )
      .join('   ')
      .trimEnd()
  return [columns.map(({ title }) => title), ...cells].map((line) => `${toLine(line)}\n`).join('')
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `212.4 MiB`; `-` when there is no figure. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === undefined || bytes === null) return '-'
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${binaryUnits[unit]}`
}

const timeUnits = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const

/** A length of time, `12.3 ms`, `1.50 s`, `2.10 min`, `3.25 h`; `-` when there is no figure. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '-'
  const unit = timeUnits.find((one) => seconds >= one.seconds)
  return unit === undefined
    ? `${(seconds * 1000).toFixed(1)} ms`
    : `${(seconds / unit.seconds).toFixed(2)} ${unit.name}`
}
