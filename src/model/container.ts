export type ContainerState =
  | 'created'
  | 'running'
  | 'paused'
  | 'restarting'
  | 'removing'
  | 'exited'
  | 'dead'
  | 'removed'

export type ContainerHealth = 'none' | 'starting' | 'healthy' | 'unhealthy'

export interface ContainerPort {
  readonly containerPort: number
  readonly protocol: string
  /** Absent when the port is exposed but not published. */
  readonly hostPort?: number
  readonly hostIp?: string
}

export interface ContainerMount {
  /** `bind`, `volume`, `tmpfs`, … */
  readonly kind: string
  readonly source: string
  readonly target: string
  readonly isReadOnly: boolean
}

export interface ContainerNetwork {
  readonly name: string
  readonly ipAddress?: string
}

/** What a container is and the state it is in; never its figures. Times are Unix milliseconds. */
export interface Container {
  /** 64 hexadecimal digits. */
  readonly id: string
  readonly name: string
  /** As it was asked for: `registry/team/web:1.2`. */
  readonly image: string
  readonly imageId: string
  /** `docker`; later `containerd`, `podman`, … */
  readonly runtime: string
  readonly state: ContainerState
  readonly health: ContainerHealth
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
  /** Only once it has ended. */
  readonly exitCode?: number
  readonly wasOomKilled: boolean
  readonly restartCount: number
  readonly command: string
  readonly labels: Readonly<Record<string, string>>
  /** `NAME=value`; the values of what looks like a secret are already masked by the agent. */
  readonly env: readonly string[]
  readonly ports: readonly ContainerPort[]
  readonly mounts: readonly ContainerMount[]
  readonly networks: readonly ContainerNetwork[]
  /** `bridge`, `host`, `none`, `container:<id>` or a network's name. */
  readonly networkMode: string
  /** Cores, for example 0.5; absent when there is no limit of its own. */
  readonly cpuLimitCores?: number
  readonly memoryLimitBytes?: number
  /** Where its figures are read: cgroup files, or the engine's own answers, which are slower; absent when it has none. */
  readonly figuresFrom?: 'cgroup' | 'engine'
  /** All tags at high cardinality, as its metrics carry them. */
  readonly tags: readonly string[]
}

/** The containers of one host: all of them (`isFull`), or only what changed. */
export interface Inventory {
  readonly kind: 'inventory'
  readonly host: string
  readonly timeMs: number
  readonly isFull: boolean
  readonly containers: readonly Container[]
  /** Ids of the containers that the engine no longer knows; empty when `isFull`. */
  readonly removedIds: readonly string[]
}
