import { resolve } from 'node:path'
import type { ContainerRules } from '../component/container-rules.ts'
import type { DogstatsdSettings } from '../component/dogstatsd-settings.ts'
import type { LogConfig } from '../component/log-config.ts'
import type { LogsSettings } from '../component/logs-settings.ts'
import type { ComponentSettings, ParsedConfiguration } from './schema/compose-schema.ts'
import { toLocalUrl, type ListenAddress } from './schema/listen-address.ts'
import type { LogLevel } from './schema/log-level.ts'
import { toContainerRules } from './to-container-rules.ts'
import { toDogstatsdSettings } from './to-dogstatsd-settings.ts'
import { toLogsSettings } from './to-logs-settings.ts'
import {
  toRetention,
  toStoreSettings,
  type RetentionSettings,
  type StoreSettings,
} from './to-store-settings.ts'

/** The configuration as the program uses it: checked, frozen, units in the names. */
export interface Settings {
  /** Key that the agent shows to the server; absent when the server's own is to be used. */
  readonly apiKey?: string
  /** Absent when the agent is to find it out. */
  readonly hostname?: string
  /** `tags` and `env:<env>`, each once. */
  readonly hostTags: readonly string[]
  readonly logLevel: LogLevel
  readonly procRoot: string
  readonly cgroupRoot: string
  readonly docker: {
    /** `unix:///var/run/docker.sock`, `tcp://host:2376`. */
    readonly host: string
    /** Folder with `ca.pem`, `cert.pem` and `key.pem`; absent without TLS. */
    readonly certPath?: string
    readonly shouldVerifyTls: boolean
    readonly queryTimeoutMs: number
  }
  readonly containerRules: ContainerRules
  readonly dogstatsd: DogstatsdSettings
  readonly logs: LogsSettings
  readonly forwarder: {
    /** Memory for what waits while the server is away. */
    readonly retryQueueBytes: number
    readonly timeoutMs: number
  }
  readonly agent: {
    /** Batches that may wait before each sink. */
    readonly queueBatches: number
  }
  readonly listen: ListenAddress
  /** Base address of the server, without a slash at its end. With port 0 the real port is not known yet. */
  readonly serverUrl: string
  /** Absent only where the server listens on this machine alone. */
  readonly accessToken?: string
  /** Absolute path. */
  readonly dataDir: string
  readonly store: StoreSettings
  readonly retention: RetentionSettings
  /** Folder of dashboard files; absolute path, may not be there. */
  readonly dashboardsDir: string
  readonly limits: {
    readonly bodyBytes: number
    readonly decompressedBytes: number
    readonly connections: number
    readonly liveStreams: number
  }
  /** By the name of the component. */
  readonly sources: Readonly<Record<string, ComponentSettings>>
  readonly stages: Readonly<Record<string, ComponentSettings>>
  readonly sinks: Readonly<Record<string, ComponentSettings>>
}

/**
 * Translates the names of the file into ours, once; relative paths start from `cwd`.
 * @param logConfigs What the files in `conf.d` have under `logs:`.
 */
export function toSettings(
  parsed: ParsedConfiguration,
  cwd: string,
  logConfigs: readonly LogConfig[] = [],
): Settings {
  const { vigie } = parsed
  return freeze({
    ...(parsed.api_key !== undefined && { apiKey: parsed.api_key }),
    ...(parsed.hostname !== undefined && { hostname: parsed.hostname }),
    hostTags: collectHostTags(parsed),
    logLevel: parsed.log_level,
    procRoot: parsed.container_proc_root,
    cgroupRoot: parsed.container_cgroup_root,
    docker: toDocker(parsed, cwd),
    containerRules: toContainerRules(parsed),
    dogstatsd: toDogstatsdSettings(parsed, vigie.dogstatsd),
    logs: toLogsSettings(parsed, logConfigs),
    forwarder: {
      retryQueueBytes: parsed.forwarder_retry_queue_payloads_max_size,
      timeoutMs: parsed.forwarder_timeout,
    },
    agent: { queueBatches: vigie.agent.queue_batches },
    listen: vigie.listen,
    serverUrl: vigie.server_url ?? toLocalUrl(vigie.listen),
    ...(vigie.access_token !== undefined && { accessToken: vigie.access_token }),
    dataDir: resolve(cwd, vigie.data_dir),
    store: toStoreSettings(vigie, cwd),
    retention: toRetention(vigie.retention),
    dashboardsDir: resolve(cwd, vigie.dashboards_path),
    limits: toLimits(vigie.limits),
    sources: toSources(parsed),
    stages: vigie.stages,
    sinks: vigie.sinks,
  })
}

function collectHostTags({ tags, env }: ParsedConfiguration): readonly string[] {
  return [...new Set(env === undefined ? tags : [...tags, `env:${env}`])]
}

function toDocker(parsed: ParsedConfiguration, cwd: string): Settings['docker'] {
  const { host, cert_path: certPath, tls_verify: shouldVerifyTls } = parsed.vigie.docker
  return {
    host,
    ...(certPath !== undefined && { certPath: resolve(cwd, certPath) }),
    shouldVerifyTls,
    queryTimeoutMs: parsed.docker_query_timeout,
  }
}

/** `use_dogstatsd`, Datadog's own switch, counts beside ours. */
function toSources({ use_dogstatsd, vigie }: ParsedConfiguration): Settings['sources'] {
  const { dogstatsd, ...others } = vigie.sources
  if (dogstatsd === undefined || use_dogstatsd) return vigie.sources
  return { ...others, dogstatsd: { ...dogstatsd, isEnabled: false } }
}

function toLimits(limits: ParsedConfiguration['vigie']['limits']): Settings['limits'] {
  return {
    bodyBytes: limits.body_bytes,
    decompressedBytes: limits.decompressed_bytes,
    connections: limits.connections,
    liveStreams: limits.live_streams,
  }
}

/** Freezes plain objects and lists all the way down; what a component's schema made of other kinds stays as it is. */
function freeze<Value>(value: Value): Value {
  if (isPlain(value) && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
