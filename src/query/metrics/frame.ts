/** A grid of time that all series of a frame share. */
export interface FrameGrid {
  /** Unix milliseconds of the first interval's start, a whole multiple of `intervalMs`. */
  readonly startMs: number
  readonly intervalMs: number
  /** How many intervals. */
  readonly length: number
}

/** One line of an answer: what one group has in each interval of the grid. */
export interface FrameSeries {
  /** Its name as long as the values are of its unit, else what was made of it: `log2(docker.cpu.usage)`, `(a / b)`. */
  readonly metric: string
  /** The aggregator that made it, for Datadog's `aggr`. */
  readonly aggregator: string
  /** What stands between the braces of its query. */
  readonly scopeText: string
  /** The query it comes from, written again in its plain form; functions and operations wrap it. */
  readonly expression: string
  /** The keys it was grouped by with its values, in the order of the question. */
  readonly groups: readonly (readonly [key: string, value: string])[]
  /** One for each interval; NaN where nothing was stored: never 0 in its place. */
  readonly values: Float64Array
}

export interface Frame extends FrameGrid {
  readonly series: readonly FrameSeries[]
  /** What the answer leaves out, each one sentence. */
  readonly notes: readonly string[]
}

/** The time that is asked for, in Unix milliseconds, both included. */
export interface AskedTime {
  readonly fromMs: number
  readonly toMs: number
  /** Wished seconds between two points; chosen when absent. */
  readonly intervalS?: number
}
