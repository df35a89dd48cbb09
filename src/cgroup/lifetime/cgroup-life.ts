/** What one cgroup of a container used from its first process to its end. A figure that could not be read is absent. */
export interface CgroupLife {
  readonly containerId: string
  /** Unix milliseconds when its end was noticed. */
  readonly endedAtMs: number
  readonly method: 'last_reading' | 'parent_remainder' | 'last_sample'
  readonly cpuNanos: number | undefined
  readonly cpuUserNanos: number | undefined
  readonly cpuSystemNanos: number | undefined
  readonly throttledNanos: number | undefined
  readonly memoryPeakBytes: number | undefined
  readonly oomKills: number | undefined
  readonly readBytes: number | undefined
  readonly writtenBytes: number | undefined
  readonly receivedBytes: number | undefined
  readonly sentBytes: number | undefined
  /**
   * By how much `cpuNanos` can be wrong at most: 0 for a reading after the last process ended, `Infinity` when that is not
   * known.
   */
  readonly cpuErrorNanos: number
}
