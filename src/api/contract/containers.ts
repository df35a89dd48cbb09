/**
 * The newest figures of one container. A figure that could not be read is absent, never 0.
 * Percentages of CPU: 100 is one core. Rates are per second.
 */
export interface Figures {
  /** `docker.cpu.usage`, % of one core. */
  readonly cpu?: number
  readonly cpuUser?: number
  readonly cpuSystem?: number
  /** Throttled periods a second. */
  readonly throttled?: number
  /** `docker.mem.working_set`, bytes. */
  readonly memory?: number
  readonly memoryRss?: number
  readonly memoryCache?: number
  readonly netRcvd?: number
  readonly netSent?: number
  readonly ioRead?: number
  readonly ioWritten?: number
  readonly threads?: number
}

/** Order of the numbers in a row of a live tick. */
export const figureNames = [
  'cpu',
  'cpuUser',
  'cpuSystem',
  'throttled',
  'memory',
  'memoryRss',
  'memoryCache',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
  'threads',
] as const satisfies readonly (keyof Figures)[]

/** One container in a list: what it is, the state it is in, its newest figures. Times are Unix milliseconds. */
export interface ContainerRow {
  /** Short number that live ticks use in place of the id; stable until the server restarts. */
  readonly key: number
  readonly id: string
  readonly host: string
  readonly name: string
  readonly image: string
  readonly shortImage: string
  readonly runtime: string
  /** created, running, paused, restarting, removing, exited, dead, removed */
  readonly state: string
  /** none, starting, healthy, unhealthy */
  readonly health: string
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly exitCode: number | null
  readonly oomKilled: boolean
  readonly restarts: number
  /** Compose or Swarm service, else null. */
  readonly service: string | null
  /** Compose project, else null. */
  readonly project: string | null
  readonly networkMode: string
  /** null: no limit of its own. */
  readonly cpuLimitCores: number | null
  readonly memoryLimitBytes: number | null
  /** Where its figures are read: cgroup files each second, or the engine's own answers every 10 s; null: none, or not told. */
  readonly figuresFrom: 'cgroup' | 'engine' | null
  readonly tags: readonly string[]
  readonly figures: Figures
  /** When the newest figure was taken; null before the first. */
  readonly figuresAt: number | null
  /** The 60 s up to `figuresAt`, oldest first, null where nothing was read. */
  readonly spark: {
    readonly cpu: readonly (number | null)[]
    readonly memory: readonly (number | null)[]
  }
}

/** `GET /api/containers?state=running|all` */
export interface ContainerList {
  readonly time: number
  readonly containers: readonly ContainerRow[]
}

/** `GET /api/containers/<id>`: the row and all that inspect tells; 404 when unknown. */
export interface ContainerDetail extends ContainerRow {
  readonly imageId: string
  readonly command: string
  readonly labels: Readonly<Record<string, string>>
  /** `NAME=value`; secrets are masked. */
  readonly env: readonly string[]
  readonly ports: readonly {
    containerPort: number
    protocol: string
    hostPort: number | null
    hostIp: string | null
  }[]
  readonly mounts: readonly { kind: string; source: string; target: string; readOnly: boolean }[]
  readonly networks: readonly { name: string; ipAddress: string | null }[]
}
