/** What may wait for each destination, and how it is tried again. */
export interface ForwarderSettings {
  /** Longest wait for one answer. */
  readonly timeoutMs: number
  /** Requests on their way to one destination at a time. */
  readonly connections: number
  /** Compressed payloads that wait in memory, for each destination. */
  readonly memoryBytes: number
  readonly disk: {
    /** For each destination; 0 keeps nothing on disk. */
    readonly maxBytes: number
    /** Share of the file system that may be in use before nothing more is written: 0.8. */
    readonly maxUsedRatio: number
    /** What is older than this is deleted. */
    readonly outdatedMs: number
    /** Folder for all destinations, made when it is first needed; empty: nothing on disk. */
    readonly folder: string
  }
  /**
   * The n-th pause is random between `base·2ⁿ/factor` and `base·2ⁿ`, at most `maxMs`.
   * @see pkg/util/backoff of the Datadog Agent
   */
  readonly backOff: {
    readonly baseMs: number
    readonly maxMs: number
    readonly factor: number
    /** A success takes this many failures off the count; all when `resets`. */
    readonly recovery: number
    readonly resets: boolean
  }
}
