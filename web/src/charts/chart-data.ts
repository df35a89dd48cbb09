/** What the store kept of one figure: `[Unix milliseconds, value]`, rising, so many seconds apart. */
export interface History {
  readonly intervalS: number
  readonly points: readonly (readonly [number, number | null])[]
}

/** What was heard of one figure since the page opened, one value for each of `seconds`. */
export interface Tail {
  readonly seconds: readonly number[]
  readonly valueAt: (index: number) => number | null | undefined
  /** Seconds between two readings. */
  readonly readEveryS: number
}

/** One figure: its stored past and its live present. Either may be missing. */
export interface LineSource {
  readonly history: History | undefined
  readonly tail: Tail | undefined
}

/**
 * Columns of equal length: Unix seconds, then one column for each line. A number is a reading, null a gap to be drawn
 * as one, `undefined` a place where only another line has a reading.
 */
export type ChartData = [xs: number[], ...ys: (number | null | undefined)[][]]

/** Readings may be so much later than the next was due before it is a gap: as with a figure that counts as old. */
const lateS = 2

interface Line {
  readonly values: ReadonlyMap<number, number>
  /** Last second that comes from the history. */
  readonly historyEndS: number
  readonly intervalS: number
  readonly readEveryS: number
}

/** Joins history and tail of each line within a window and marks where readings are missing. */
export function buildChartData(
  sources: readonly LineSource[],
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
): ChartData {
  const lines = sources.map((source) => readLine(source, fromS, toS))
  const seconds = new Set(lines.flatMap((line) => [...line.values.keys()]))
  const xs = withBreaks(
    [...seconds].toSorted((left, right) => left - right),
    lines,
  )
  return [xs, ...lines.map((line) => columnOf(line, xs))]
}

function readLine({ history, tail }: LineSource, fromS: number, toS: number): Line {
  const values = new Map<number, number>()
  const intervalS = Math.max(1, history?.intervalS ?? 1)
  // A little more than the window, so that lines run to its edges.
  const marginS = 2 * intervalS
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
  return { values, historyEndS, intervalS, readEveryS: tail?.readEveryS ?? 1 }
}

/** Adds a place for the gap wherever no line has a reading for too long. */
function withBreaks(xs: readonly number[], lines: readonly Line[]): number[] {
  const broken: number[] = []
  for (const x of xs) {
    const before = broken.at(-1)
    const isBreak =
      before !== undefined && lines.every((line) => x - before > toleranceS(line, before))
    if (isBreak) broken.push(before + 1)
    broken.push(x)
  }
  return broken
}

function columnOf(line: Line, xs: readonly number[]): (number | null | undefined)[] {
  const column = xs.map((x): number | null | undefined => line.values.get(x))
  let last = -1
  column.forEach((value, index) => {
    if (value === undefined) return
    const before = xs[last]
    if (before !== undefined && (xs[index] ?? 0) - before > toleranceS(line, before)) {
      column.fill(null, last + 1, index)
    }
    last = index
  })
  return column
}

function toleranceS({ historyEndS, intervalS, readEveryS }: Line, beforeS: number): number {
  const isStored = beforeS <= historyEndS
  return isStored ? Math.max(readEveryS + lateS, 1.5 * intervalS) : readEveryS + lateS
}
