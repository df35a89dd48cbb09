/** A label that containers have. */
export interface LabelRow {
  readonly name: string
  /** How many containers have it. */
  readonly containers: number
  /** How many different values it has; {@link mostCountedValues} stands for so many and more. */
  readonly values: number
}

/** Values of one label are counted up to here. */
export const mostCountedValues = 1000

/**
 * `GET /api/containers/labels?search=<text>&limit=<n>`: the labels of all containers that are known, those first that part
 * them best: with several values, which several containers share; then those with one value; then those of which each
 * container has a value of its own.
 */
export interface LabelList {
  readonly labels: readonly LabelRow[]
  /** How many there are, listed or not. */
  readonly count: number
}

/** What is asked in one `POST /api/containers/labels`, at most. */
export const labelQuestionLimits = { labels: 10, containers: 2000 } as const

/** `POST /api/containers/labels`: which labels of which containers. */
export interface LabelQuestion {
  /** Names as they are; one that no label has is looked for without regard to case. */
  readonly labels: readonly string[]
  /** Whole ids; of containers that have ended too. */
  readonly containers: readonly string[]
}

/** Values of labels. Secrets are masked, as they are wherever labels are shown. */
export interface LabelValues {
  /** One list for each label that was asked for, with a value for each container in their order; null: it has no such label. */
  readonly values: readonly (readonly (string | null)[])[]
}
