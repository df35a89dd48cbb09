import type { z } from 'zod'
import type { Batch } from '../model/item.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { ContainerBoard } from './container-board.ts'
import type { ContainerReadings } from './container-readings.ts'
import type { ContainerRules } from './container-rules.ts'
import type { Control } from './control.ts'
import type { DogstatsdSettings } from './dogstatsd-settings.ts'
import type { LogDelivery } from './log-delivery.ts'
import type { LogsSettings } from './logs-settings.ts'
import type { Tagger } from './tagger.ts'
import type { WatchedContainers } from './watched-containers.ts'

/** Where the host's files and its engine are, and what the host is called; the same for every component. */
export interface Environment {
  /** Stays the same over restarts, and differs on a cloned machine; empty where nothing is reported. */
  readonly agentId: string
  /** Name under which everything from this agent is filed. */
  readonly hostname: string
  /** `DD_TAGS`, as `key:value`. */
  readonly hostTags: readonly string[]
  /** The host's `/proc`; `/host/proc` inside a container. */
  readonly procRoot: string
  /** The host's `/sys/fs/cgroup`. */
  readonly cgroupRoot: string
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, as `DOCKER_HOST` gives it. */
  readonly dockerHost: string
  /** Folder with `ca.pem`, `cert.pem` and `key.pem`, for TLS to the engine. */
  readonly dockerCertPath?: string
  readonly shouldVerifyDockerTls: boolean
  /** Longest wait for one answer of the engine. */
  readonly dockerQueryTimeoutMs: number
  /** Which containers are watched, and which of their labels and variables become tags. */
  readonly containerRules: ContainerRules
  /** Datadog's options for DogStatsD. */
  readonly dogstatsd: DogstatsdSettings
  /** Datadog's options for logs. */
  readonly logs: LogsSettings
  /** Folder in which a source may keep what it has to know after a restart, made when it is first needed; empty: nowhere. */
  readonly stateDir: string
  /** Version of this program. */
  readonly version: string
}

/** Everything a source may touch. Tests pass a fake clock and a folder in place of `/proc`. */
export interface SourceContext {
  /** Aborts once, when the agent stops. */
  readonly signal: AbortSignal
  /** What a source may take to stop, in milliseconds; what it emits later goes nowhere. */
  readonly stopWithinMs: number
  /** Unix time in milliseconds. */
  readonly clock: () => number
  readonly environment: Environment
  readonly telemetry: Telemetry
  /** Tags of containers, shared by all sources. */
  readonly tagger: Tagger
  /** The containers of this host, from the source that sees them. */
  readonly board: ContainerBoard
  /** Where the source that reads containers lets others find what it read. */
  readonly readings: ContainerReadings
  /** The containers that somebody looks at. */
  readonly watched: WatchedContainers
  readonly control: Control
  /** Resolves when the pipeline has room: awaiting it is the back-pressure. */
  readonly emit: (batch: Batch) => Promise<void>
  /** The way of log lines, which is not that of batches: nothing on it is ever dropped. */
  readonly logDelivery: LogDelivery
}

export interface Source<Config> {
  readonly name: string
  readonly about: string
  /** Whether it runs when the configuration does not say; absent means that it does. */
  readonly isEnabledByDefault?: boolean
  readonly config: z.ZodType<Config>
  /**
   * Runs until `signal` aborts, then returns. Throws only for faults that a restart could mend: the pipeline starts it
   * again after a pause.
   */
  run(config: Config, context: SourceContext): Promise<void>
}

/** Gives the source back as it is, with its configuration's type inferred. */
export function defineSource<Config>(source: Source<Config>): Source<Config> {
  return source
}
