/**
 * How the CPU total of a run was taken: from the cgroup's own counter after its last process ended; from what the parent
 * cgroup keeps of its dead children; from the last regular reading; or not at all.
 */
export type TotalsMethod = 'last_reading' | 'parent_remainder' | 'last_sample' | 'none'

/**
 * What one run of a container used from its start to its end. A container that is started again has one for each run. A
 * figure that could not be read is absent.
 */
export interface ContainerTotals {
  readonly kind: 'container-totals'
  readonly host: string
  /** 64 hexadecimal digits. */
  readonly containerId: string
  readonly name: string
  readonly image: string
  /** All tags at high cardinality. */
  readonly tags: readonly string[]
  /** Unix milliseconds; with the container's id it tells one run from another. */
  readonly startedAtMs: number
  readonly finishedAtMs: number
  /** Absent when the engine did not tell it. */
  readonly exitCode?: number
  readonly wasOomKilled: boolean
  readonly cpuNanos?: number
  readonly cpuUserNanos?: number
  readonly cpuSystemNanos?: number
  readonly memoryPeakBytes?: number
  readonly readBytes?: number
  readonly writtenBytes?: number
  readonly receivedBytes?: number
  readonly sentBytes?: number
  readonly throttledNanos?: number
  readonly method: TotalsMethod
  /** `false` when the CPU total could be off by more than 10 ms and 2 %. */
  readonly isExact: boolean
  /** Why not, in one sentence; empty when exact. */
  readonly reason: string
}
