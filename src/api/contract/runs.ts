/** What `GET /api/runs` can put in order: names from A, all else with the highest or newest first. */
export const runOrders = [
  'finished',
  'started',
  'duration',
  'cpu',
  'memory',
  'read',
  'written',
  'received',
  'sent',
  'throttled',
  'name',
  'image',
] as const

/** How the CPU total of a run was taken. */
export type RunMethod = 'last_reading' | 'parent_remainder' | 'last_sample' | 'none'

/** Amounts that are added up; null where none was read, never 0 in its place. */
export interface RunAmounts {
  readonly cpuSeconds: number | null
  readonly userSeconds: number | null
  readonly systemSeconds: number | null
  readonly throttledSeconds: number | null
  readonly readBytes: number | null
  readonly writtenBytes: number | null
  readonly receivedBytes: number | null
  readonly sentBytes: number | null
}

/** What one run of a container used, from its start to its end. Times are Unix milliseconds. */
export interface RunRow extends RunAmounts {
  readonly containerId: string
  readonly host: string
  readonly name: string
  readonly image: string
  readonly shortImage: string
  readonly tags: readonly string[]
  readonly startedAt: number
  readonly finishedAt: number
  /** null when the engine did not tell it. */
  readonly exitCode: number | null
  readonly oomKilled: boolean
  readonly memoryPeakBytes: number | null
  /** `false` when the CPU total could be off by more than 10 ms and 2 %. */
  readonly exact: boolean
  readonly method: RunMethod
  /** Why it is not exact; empty when it is. */
  readonly reason: string
}

/** All runs that match taken together, those beyond the limit too. */
export interface RunSums extends RunAmounts {
  readonly runs: number
  /** How many of them are exact. */
  readonly exact: number
  /** The highest of them. */
  readonly memoryPeakBytes: number | null
}

/** `GET /api/runs?since=1h&until=<s>&image=…&name=…&container=…&host=…&sort=cpu&limit=100` */
export interface RunList {
  /** From when it was counted back: now, or the end of the second `until`, where one was given. */
  readonly time: number
  /** Runs that ended at this time or later are counted. */
  readonly since: number
  readonly runs: readonly RunRow[]
  readonly sums: RunSums
}
