/** One process of a container, at one moment. A figure that could not be read is absent. */
export interface ProcessFacts {
  /** As the host counts processes. */
  readonly pid: number
  readonly parentPid: number
  /** The user's number on the host. */
  readonly uid?: number
  /** With its arguments, secrets masked; of a kernel's own or a dead one its name in brackets. */
  readonly command: string
  /** As the kernel writes it: R, S, D, Z, T, t, X, I. */
  readonly state: string
  readonly threads?: number
  readonly startedAtMs?: number
  /** Share of one core since the reading before (0.01 is 1 %); absent at the first. */
  readonly cpuRatio?: number
  readonly rssBytes?: number
}

/** What runs in a container, told while somebody looks at it. */
export interface ProcessList {
  readonly kind: 'process-list'
  readonly host: string
  readonly containerId: string
  readonly timeMs: number
  /** How many there are; only the busiest are listed where there are too many. */
  readonly count: number
  readonly processes: readonly ProcessFacts[]
}

/** So many of one container are told. */
export const mostProcesses = 100
