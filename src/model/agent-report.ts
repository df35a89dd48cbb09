/** How one source of an agent does. */
export interface SourceReport {
  readonly name: string
  /** `backoff`: it failed and is started again after a pause; `degraded`: it runs without something it needs. */
  readonly state: 'running' | 'degraded' | 'backoff' | 'stopped'
  /** What is missing or went wrong last, and what to do; empty when all is well. */
  readonly message: string
  readonly restarts: number
  /** When its last run began; absent before the first. */
  readonly lastRunAtMs?: number
  /** Absent in the report of an agent that is older than this field. */
  readonly work?: SourceWork
}

/** What a source has done since its agent started. A run is one pass of it, a tick of its interval. */
export interface SourceWork {
  readonly runs: number
  /** How long the last finished run took, with the time it was held back by full queues. */
  readonly lastRunMs: number
  /** Mean of all finished runs. */
  readonly averageRunMs: number
  /** What it handed on in its last finished run. */
  readonly lastRun: ItemCounts
  /** What it handed on in all, between its runs too. */
  readonly total: ItemCounts
  /** It ran, but without something it needs. */
  readonly warnings: ProblemList
  /** It failed. */
  readonly errors: ProblemList
  /** In which of several ways it works at present, a sentence each. */
  readonly notes: readonly string[]
}

/** How many items of each kind. */
export interface ItemCounts {
  readonly points: number
  /** Distributions of values. */
  readonly sketches: number
  readonly events: number
  readonly serviceChecks: number
  /** Runs of containers that have ended. */
  readonly containerTotals: number
}

/** What went wrong, how often in all, and the sentences heard last, the newest first. */
export interface ProblemList {
  readonly count: number
  readonly newest: readonly Problem[]
}

export interface Problem {
  readonly message: string
  /** How often it was told since it came onto the list. */
  readonly count: number
  readonly lastAtMs: number
}

/** The container engine as the agent sees it. */
export interface EngineReport {
  /** `unix:///var/run/docker.sock`, `tcp://…` */
  readonly endpoint: string
  readonly isReachable: boolean
  /** Why not, and how to give another endpoint; empty when reachable. */
  readonly message: string
  readonly version?: string
}

/** Where an agent sends to, and how that goes. Counts are since the start. */
export interface EndpointReport {
  /** `server`, `server.logs`, `datadog`, `datadog.2`, … */
  readonly name: string
  /** Without user and password. */
  readonly url: string
  /** `refusing`: it answers, but takes nothing, such as with a wrong key. `idle`: nothing was sent yet. */
  readonly state: 'delivering' | 'retrying' | 'refusing' | 'idle'
  /** What went wrong last, and what to do; empty when all is well. */
  readonly message: string
  /** Payloads that wait, in memory and on disk. */
  readonly waiting: number
  readonly memoryBytes: number
  readonly diskBytes: number
  readonly delivered: number
  /** Tries that came to nothing. */
  readonly retried: number
  /** Payloads that are never taken, kept aside in a folder. */
  readonly setAside: number
  /** Payloads that were given up. */
  readonly dropped: number
  readonly lastDeliveredAtMs?: number
}

/** What an agent says about itself and its host, every second. */
export interface AgentReport {
  readonly kind: 'agent-report'
  /** Stays the same over restarts, and differs on a cloned machine; absent in the report of an older agent. */
  readonly agentId?: string
  readonly host: string
  readonly timeMs: number
  readonly version: string
  readonly pid: number
  readonly startedAtMs: number
  /** What watching costs: share of one core over the last second or more, and resident memory. */
  readonly cpuRatio: number
  readonly rssBytes: number
  readonly sources: readonly SourceReport[]
  readonly engine?: EngineReport
  /** Items dropped since the start, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  /** Bytes waiting to be sent. */
  readonly bufferedBytes: number
  /** Absent in the report of an older agent. */
  readonly endpoints?: readonly EndpointReport[]
  readonly hostFacts: HostFacts
}

export interface HostFacts {
  readonly cpuCount: number
  readonly memoryBytes: number
  readonly os: string
  readonly kernel: string
  readonly cgroupVersion: 'v1' | 'v2' | 'none'
}
