/** How one source of an agent does. */
export interface SourceReport {
  readonly name: string
  /** `backoff`: it failed and is started again after a pause; `degraded`: it runs without something it needs. */
  readonly state: 'running' | 'degraded' | 'backoff' | 'stopped'
  /** What is missing or went wrong last, and what to do; empty when all is well. */
  readonly message: string
  readonly restarts: number
  readonly lastRunAtMs?: number
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

/** What an agent says about itself and its host, every second. */
export interface AgentReport {
  readonly kind: 'agent-report'
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
  readonly hostFacts: HostFacts
}

export interface HostFacts {
  readonly cpuCount: number
  readonly memoryBytes: number
  readonly os: string
  readonly kernel: string
  readonly cgroupVersion: 'v1' | 'v2' | 'none'
}
