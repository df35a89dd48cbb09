/** One process of a container. A figure that could not be read is null. */
export interface ProcessRow {
  /** As the host counts processes. */
  readonly pid: number
  readonly parentPid: number
  /** The user's number on the host. */
  readonly uid: number | null
  /** With its arguments; secrets are masked. At most 1,000 characters. */
  readonly command: string
  /** As the kernel writes it: R, S, D, Z, T, I. */
  readonly state: string
  readonly threads: number | null
  readonly startedAtMs: number | null
  /** % of one core since the reading before; null at the first. */
  readonly cpu: number | null
  readonly memoryRssBytes: number | null
}

/** `GET /api/containers/<id>/processes`: as they were at the newest reading, the busiest first. */
export interface ProcessList {
  /** When they were read, Unix milliseconds; null when they were not yet, or are not read. */
  readonly readAtMs: number | null
  /** How many there are; more than are listed where there are too many. */
  readonly count: number
  readonly processes: readonly ProcessRow[]
}
