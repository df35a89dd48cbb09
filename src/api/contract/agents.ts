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

/** What a source has done since its agent started; a run is one pass of it. Times are Unix milliseconds. */
export interface SourceWork {
  readonly runs: number
  /** How long the last finished run took, and the mean of all of them. */
  readonly lastRunMs: number
  readonly averageRunMs: number
  /** Handed on in the last finished run, and in all. */
  readonly lastRun: ItemCounts
  readonly total: ItemCounts
  /** It ran without something it needs. */
  readonly warnings: ProblemList
  /** It failed. */
  readonly errors: ProblemList
  /** In which of several ways it works at present, a sentence each. */
  readonly notes: readonly string[]
}

export interface ItemCounts {
  readonly points: number
  /** Distributions of values. */
  readonly sketches: number
  readonly events: number
  readonly serviceChecks: number
  /** Runs of containers that have ended. */
  readonly containerTotals: number
}

export interface ProblemList {
  readonly count: number
  /** Different sentences, the newest first, each with how often it was told. */
  readonly newest: readonly { message: string; count: number; lastAt: number }[]
}

/** Where an agent sends to, and whether that works. */
export interface EndpointState {
  readonly name: string
  readonly url: string
  readonly state: 'delivering' | 'retrying' | 'refusing' | 'idle'
  readonly message: string
}

/** The same with what was sent. Counts are since the agent's start. */
export interface EndpointRow extends EndpointState {
  /** Payloads that wait, in memory and on disk. */
  readonly waiting: number
  readonly memoryBytes: number
  readonly diskBytes: number
  readonly delivered: number
  readonly retried: number
  readonly setAside: number
  readonly dropped: number
  readonly lastDeliveredAt: number | null
}

/** How a source of an agent does. */
export interface SourceState {
  readonly name: string
  readonly state: 'running' | 'degraded' | 'backoff' | 'stopped'
  readonly message: string
  readonly restarts: number
}

/** The same with what it has done. */
export interface SourceRow extends SourceState {
  readonly lastRunAt: number | null
  /** Absent where the agent is older than this field. */
  readonly work?: SourceWork
}

/** One agent and its host, as all pages show them. Times are Unix milliseconds. */
export interface AgentSummary {
  /** Stays the same over restarts, and differs on a cloned machine; empty where the agent does not tell. */
  readonly id: string
  readonly host: string
  /** Whose: `datadog` is known by what it posts, so its sources, cost and facts are mostly unknown. */
  readonly kind: 'vigie' | 'datadog'
  /** One sentence when another machine goes by the same name; else empty. */
  readonly conflict: string
  /** How late its newest report came, by our clock. */
  readonly lagMs: number
  /** Where it sends to; empty where the agent does not tell. */
  readonly endpoints: readonly EndpointState[]
  readonly version: string
  readonly pid: number
  readonly startedAt: number
  /** When it last reported; older than 5 s means that it is away. */
  readonly reportedAt: number
  readonly away: boolean
  /** What watching costs: share of one core (0.01 is 1 %) and resident bytes. */
  readonly cpuRatio: number
  readonly rssBytes: number
  readonly sources: readonly SourceState[]
  /** null: the agent has no engine source. */
  readonly engine: {
    endpoint: string
    reachable: boolean
    message: string
    version: string | null
  } | null
  readonly hostFacts: {
    cpuCount: number
    memoryBytes: number
    os: string
    kernel: string
    cgroupVersion: string
  }
  /** Tags of the host, where a Datadog Agent tells some. */
  readonly hostTags?: readonly string[]
  readonly figures: HostFigures
}

/** The same with all that it has done, which the live stream leaves out. */
export interface AgentRow extends AgentSummary {
  readonly endpoints: readonly EndpointRow[]
  readonly sources: readonly SourceRow[]
  /** Items dropped since its start, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  readonly bufferedBytes: number
}

/** `GET /api/agents`; with `?host=<name>` only the agents of that host. */
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
    store: StoreRow
  }
  readonly agents: readonly AgentRow[]
}

/** What is kept, and what had to go. */
export interface StoreRow {
  /** What the tables take on disk. */
  readonly bytesOnDisk: number
  /** What they may take; 0 for no bound but the disk's. */
  readonly maxBytes: number
  /** What went before its time because of that bound, in the last seven days; null when nothing did. */
  readonly droppedForSpace: { readonly bytes: number; readonly untilMs: number } | null
  /** Nothing is taken in until there is room on its disk. */
  readonly isDiskFull: boolean
  /** Hours with points that came late and are not rolled up yet. */
  readonly lateHours: number
  /** Where each table of points begins, finest first; `stepS` seconds a row. */
  readonly tiers: readonly { readonly stepS: number; readonly keptFromMs: number }[]
}
