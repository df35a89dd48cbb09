/**
 * What the kernel has counted for one container since its cgroup was made, as its source read it last. Every figure is
 * absent when it could not be read; a limit is absent where there is none, too.
 */
export interface ContainerReading {
  /** When the kernel was asked, Unix milliseconds. */
  readonly timeMs: number
  /** The place of its cgroup in the hierarchy: `/docker/<id>`, `/system.slice/docker-<id>.scope`. */
  readonly cgroupPath: string
  readonly cpuNanos: number | undefined
  readonly cpuUserNanos: number | undefined
  readonly cpuSystemNanos: number | undefined
  /** Periods of its quota that have passed, and in how many of them it was made to wait. */
  readonly quotaPeriods: number | undefined
  readonly throttledPeriods: number | undefined
  readonly throttledNanos: number | undefined
  readonly memoryUsageBytes: number | undefined
  readonly memoryPeakBytes: number | undefined
  readonly memoryAnonBytes: number | undefined
  readonly memoryFileBytes: number | undefined
  readonly memoryInactiveFileBytes: number | undefined
  readonly memoryKernelBytes: number | undefined
  readonly memorySwapBytes: number | undefined
  readonly memoryLimitHits: number | undefined
  readonly oomKills: number | undefined
  readonly pageFaults: number | undefined
  readonly majorPageFaults: number | undefined
  readonly threads: number | undefined
  /** Like the three that follow it is read less often. */
  readonly openFiles: number | undefined
  /** Time in which at least one task waited for the resource. */
  readonly cpuStalledNanos: number | undefined
  readonly memoryStalledNanos: number | undefined
  readonly ioStalledNanos: number | undefined
  readonly devices: readonly DeviceCounters[] | undefined
  /** Absent for a container in the network of its host or of another container, too: there they count for all in it. */
  readonly interfaces: readonly InterfaceCounters[] | undefined
  readonly limits: ReadingLimits
}

/** What one block device did for a container. */
export interface DeviceCounters {
  /** `major:minor` */
  readonly device: string
  /** `sda`; absent for one that the host does not list. */
  readonly name: string | undefined
  readonly readBytes: number
  readonly writtenBytes: number
  readonly readOperations: number | undefined
  readonly writeOperations: number | undefined
}

/** What went through one interface of a container. */
export interface InterfaceCounters {
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedPackets: number
  readonly sentPackets: number
  readonly receiveErrors: number
  readonly sendErrors: number
  readonly receiveDrops: number
  readonly sendDrops: number
}

/** What a container may use. */
export interface ReadingLimits {
  readonly quotaCores: number | undefined
  /** As cgroup v1 counts them: 1024 unless told otherwise. */
  readonly cpuShares: number | undefined
  readonly memoryBytes: number | undefined
  readonly memorySoftBytes: number | undefined
  /** On cgroup v1 memory and swap together, on v2 swap alone. */
  readonly memorySwapBytes: number | undefined
  readonly threads: number | undefined
}

/** The newest reading of each running container, from the source that reads to those that ask seldom. */
export interface ContainerReadings {
  /** @returns The newest reading of the container with this id; `undefined` when it does not run or cannot be read. */
  readonly find: (id: string) => ContainerReading | undefined
  /** A source says how its containers are found, until what is given back is called. */
  readonly provide: (find: (id: string) => ContainerReading | undefined) => () => void
}
