/** The host's own figures, absent where unread. */
export interface HostFigures {
  /** Busy share of all cores, 0 to 100. */
  readonly cpu?: number
  /** What programs could not get: total less usable, in bytes. */
  readonly memoryUsed?: number
  readonly memoryTotal?: number
  readonly load1?: number
  readonly netRcvd?: number
  readonly netSent?: number
  readonly ioRead?: number
  readonly ioWritten?: number
}

/** One agent and its host. Times are Unix milliseconds. */
export interface AgentRow {
  readonly host: string
  readonly version: string
  readonly pid: number
  readonly startedAt: number
  /** When it last reported; older than 5 s means that it is away. */
  readonly reportedAt: number
  readonly away: boolean
  /** What watching costs: share of one core (0.01 is 1 %) and resident bytes. */
  readonly cpuRatio: number
  readonly rssBytes: number
  readonly sources: readonly {
    name: string
    state: 'running' | 'degraded' | 'backoff' | 'stopped'
    message: string
    restarts: number
    lastRunAt: number | null
  }[]
  /** null: the agent has no engine source. */
  readonly engine: {
    endpoint: string
    reachable: boolean
    message: string
    version: string | null
  } | null
  readonly dropped: Readonly<Record<string, number>>
  readonly bufferedBytes: number
  readonly hostFacts: {
    cpuCount: number
    memoryBytes: number
    os: string
    kernel: string
    cgroupVersion: string
  }
  readonly figures: HostFigures
}

/** `GET /api/agents` */
export interface AgentList {
  readonly time: number
  readonly server: {
    version: string
    pid: number
    startedAt: number
    rssBytes: number
    cpuRatio: number
    /** What the intake took in and dropped since the start, by reason. */
    counts: Readonly<Record<string, number>>
  }
  readonly agents: readonly AgentRow[]
}
