import { resolve } from 'node:path'
import type { ContainerRules } from '../component/container-rules.ts'
import type { DatadogSettings } from '../component/datadog-settings.ts'
import type { DogstatsdSettings } from '../component/dogstatsd-settings.ts'
import type { ForwarderSettings } from '../component/forwarder-settings.ts'
import type { LogConfig } from '../component/log-config.ts'
import type { LogsSettings } from '../component/logs-settings.ts'
import type { OutboundSettings } from '../component/outbound-settings.ts'
import { toLocalUrl, type ListenAddress } from '../component/listen-address.ts'
import type { DatadogDestinations } from './destinations/find-destinations.ts'
import type { ComponentSettings, ParsedConfiguration } from './schema/compose-schema.ts'
import type { LogLevel } from './schema/log-level.ts'
import {
  toAccessSettings,
  toWebSettings,
  type AccessSettings,
  type WebSettings,
} from './to-access-settings.ts'
import { toContainerRules } from './to-container-rules.ts'
import { toDatadogSettings } from './to-datadog-settings.ts'
import { toDogstatsdSettings } from './to-dogstatsd-settings.ts'
import { toForwarderSettings } from './to-forwarder-settings.ts'
import { toLogsSettings } from './to-logs-settings.ts'
import { toOutboundSettings } from './to-outbound-settings.ts'
import {
  toRetention,
  toStoreSettings,
  type RetentionSettings,
  type StoreSettings,
} from './to-store-settings.ts'

/** The configuration as the program uses it: checked, frozen, units in the names. */
export interface Settings {
  /** Key that agents may show beside those that the server made. */
  readonly apiKey?: string
  /** Key that the agent shows to the server; absent when the one in the data folder is to be used. */
  readonly serverKey?: string
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
  readonly outbound: OutboundSettings
  readonly forwarder: ForwarderSettings
  readonly datadog: DatadogSettings
  readonly agent: {
    /** Batches that may wait before each sink. */
    readonly queueBatches: number
    /** What it may take to stop. */
    readonly stopMs: number
  }
  readonly listen: ListenAddress
  /** Base address of the server, without a slash at its end. With port 0 the real port is not known yet. */
  readonly serverUrl: string
  readonly web: WebSettings
  readonly access: AccessSettings
  /** Lets in whoever shows it, as an admin. */
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

/** What does not come out of one option by itself. */
export interface SettingsContext {
  /** Folder that relative paths start from. */
  readonly cwd: string
  /** What the files in `conf.d` have under `logs:`. */
  readonly logConfigs: readonly LogConfig[]
  readonly destinations: DatadogDestinations
}

/** Translates the names of the file into ours, once. */
export function toSettings(
  parsed: ParsedConfiguration,
  { cwd, logConfigs, destinations }: SettingsContext,
): Settings {
  const { vigie } = parsed
  const dataDir = resolve(cwd, vigie.data_dir)
  return freeze({
    ...toKeys(parsed, destinations),
    ...(parsed.hostname !== undefined && { hostname: parsed.hostname }),
    hostTags: collectHostTags(parsed),
    logLevel: parsed.log_level,
    procRoot: parsed.container_proc_root,
    cgroupRoot: parsed.container_cgroup_root,
    docker: toDocker(parsed, cwd),
    containerRules: toContainerRules(parsed),
    dogstatsd: toDogstatsdSettings(parsed, vigie.dogstatsd),
    logs: toLogsSettings(parsed, logConfigs),
    outbound: toOutboundSettings(parsed, cwd),
    forwarder: toForwarderSettings(parsed, dataDir),
    datadog: toDatadogSettings(parsed, destinations),
    agent: { queueBatches: vigie.agent.queue_batches, stopMs: vigie.agent.stop_timeout },
    listen: vigie.listen,
    web: toWebSettings(parsed, cwd),
    access: toAccessSettings(parsed),
    serverUrl: vigie.server_url ?? toOwnUrl(parsed),
    ...(vigie.access_token !== undefined && { accessToken: vigie.access_token }),
    dataDir,
    store: toStoreSettings(vigie, cwd),
    retention: toRetention(vigie.retention),
    dashboardsDir: resolve(cwd, vigie.dashboards_path),
    limits: toLimits(vigie.limits),
    sources: toSources(parsed),
    stages: vigie.stages,
    sinks: vigie.sinks,
  })
}

/** A key for Datadog is shown to Datadog alone; agents may show it to us all the same. */
function toKeys(
  { api_key: apiKey, vigie }: ParsedConfiguration,
  { usesApiKey }: DatadogDestinations,
): Pick<Settings, 'apiKey' | 'serverKey'> {
  const serverKey = vigie.server_key ?? (usesApiKey ? undefined : apiKey)
  return {
    ...(apiKey !== undefined && { apiKey }),
    ...(serverKey !== undefined && { serverKey }),
  }
}

/** With TLS the certificate has the name that others use. */
function toOwnUrl({ vigie }: ParsedConfiguration): string {
  const local = toLocalUrl(vigie.listen)
  if (vigie.tls.cert === undefined) return local
  return vigie.public_url ?? local.replace('http:', 'https:')
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
