import { holdColumn } from './held-columns.ts'
import type { Cell } from './stack-columns.ts'

/** What the store kept of one figure: `[Unix milliseconds, value]`, rising, so many seconds apart. */
export interface History {
  readonly intervalS: number
  readonly points: readonly (readonly [number, number | null])[]
}

/** What was heard of one figure since the page opened, one value for each of `seconds`. */
export interface Tail {
  readonly seconds: readonly number[]
  readonly valueAt: (index: number) => number | null | undefined
}

/** One figure: its stored past and its live present. Either may be missing. */
export interface LineSource {
  readonly history: History | undefined
  /** Whether the store has not answered yet. */
  readonly isAwaited?: boolean
  readonly tail: Tail | undefined
  /** Seconds that a reading stands for: until the next is due, and as much longer as that may be late. */
  readonly holdsS: number
}

/** Columns of equal length beside Unix seconds, rising; one of each kind for each line. */
export interface ChartData {
  readonly timesS: readonly number[]
  /**
   * What is drawn of a line on its own: a number is a reading, null a gap, `undefined` a place where only another line has a
   * reading. A reading stands where it was taken: a rate at the end of the time it is of, a mean at the start of its interval,
   * as the store answers it.
   */
  readonly readings: readonly Cell[][]
  /**
   * What a line stands at: its last reading until it is read again, at most for as long as that holds; then null, and before the
   * first one, too. A line without any reading is `undefined` throughout: it is no part of the whole, unless it is awaited.
   */
  readonly held: readonly Cell[][]
}

interface Line {
  readonly values: ReadonlyMap<number, number>
  readonly isAwaited: boolean
  /** Seconds of the readings, rising. */
  readonly secondsS: readonly number[]
  readonly holdsS: (readS: number) => number
}

/** Joins history and tail of each line within a window and marks where readings are missing. */
export function buildChartData(
  sources: readonly LineSource[],
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
): ChartData {
  const lines = sources.map((source) => readLine(source, fromS, toS))
  const places = new Set(lines.flatMap((line) => [...line.secondsS, ...gapsOf(line)]))
  const timesS = [...places].toSorted((left, right) => left - right)
  const readings = lines.map((line) => columnOf(line, timesS))
  const isRead = timesS.map((second) => lines.some(({ values }) => values.has(second)))
  const held = lines.map((line, index) => heldOf(line, { timesS, isRead, column: readings[index] }))
  return { timesS, readings, held }
}

function readLine(source: LineSource, fromS: number, toS: number): Line {
  const { history, isAwaited = false, tail, holdsS } = source
  const values = new Map<number, number>()
  const intervalS = Math.max(1, history?.intervalS ?? 1)
  // A little more than the window, so that lines run to its edges.
  const marginS = Math.max(holdsS, 2 * intervalS)
  let historyEndS = Number.NEGATIVE_INFINITY
  for (const [timeMs, value] of history?.points ?? []) {
    const second = Math.round(timeMs / 1000)
    if (value === null || second < fromS - marginS || second > toS + marginS) continue
    values.set(second, value)
    historyEndS = second
  }
  tail?.seconds.forEach((second, index) => {
    const value = tail.valueAt(index)
    if (second <= historyEndS || second < fromS || second > toS + 1) return
    if (value !== null && value !== undefined) values.set(second, value)
  })
  return {
    values,
    isAwaited,
    secondsS: [...values.keys()],
    holdsS: (readS) => (readS <= historyEndS ? Math.max(holdsS, 1.5 * intervalS) : holdsS),
  }
}

/** A place for each gap of a line, where its last reading holds no more. */
function gapsOf({ secondsS, holdsS }: Line): number[] {
  return secondsS.flatMap((second, index) => {
    const next = secondsS[index + 1]
    const endS = second + Math.floor(holdsS(second))
    return next !== undefined && next - second > holdsS(second) ? [endS] : []
  })
}

function columnOf({ values, holdsS }: Line, timesS: readonly number[]): Cell[] {
  const column = timesS.map((second): Cell => values.get(second))
  let last = -1
  column.forEach((value, row) => {
    if (value === undefined) return
    const before = timesS[last]
    if (before !== undefined && (timesS[row] ?? 0) - before > holdsS(before)) {
      column.fill(null, last + 1, row)
    }
    last = row
  })
  return column
}

function heldOf(
  { values, isAwaited, secondsS, holdsS }: Line,
  rows: {
    readonly timesS: readonly number[]
    readonly isRead: readonly boolean[]
    readonly column: readonly Cell[] | undefined
  },
): Cell[] {
  const { timesS, isRead, column } = rows
  const taken = timesS.map((second) => values.get(second))
  return holdColumn(timesS, taken, holdsS).map((value, row) => {
    if (secondsS.length === 0) return isAwaited ? null : undefined
    // A place that is there for a gap only: nobody knows more there than that.
    const isGap = isRead[row] === false && column?.[row] === null
    return isGap ? null : (value ?? null)
  })
}
