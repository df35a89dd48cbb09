/** What one question in PromQL may take. */
export const promLimits = {
  /** Wall time, milliseconds. */
  timeoutMs: 20_000,
  /** Points of one series in an answer, as in Prometheus. */
  maxSteps: 11_000,
  /** Series that one selector may find. */
  maxSeries: 50_000,
  /** Rows of the store that one selector may go through. */
  maxRows: 50_000_000,
  /** Rows above which a coarser table is read where there is one. */
  affordableRows: 3_000_000,
  /** The same where each row is a sample. */
  affordableSamples: 1_000_000,
  /** Samples that are read or computed for one question; those read are not in memory all at once. */
  maxSamples: 5_000_000,
  /** Points of all series of one answer. */
  maxAnswerPoints: 1_000_000,
  /** Questions that are worked on at the same time, and those that wait. */
  running: 2,
  waiting: 200,
} as const
