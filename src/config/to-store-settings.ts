import { resolve } from 'node:path'
import type { ParsedConfiguration } from './schema/compose-schema.ts'

export interface StoreSettings {
  /** Absent when data is kept in the data folder. */
  readonly remote?: RemoteStoreSettings
  readonly maxMemoryBytes: number
  readonly queueBytes: number
  readonly maxSeries: number
  /** Bytes of log lines that are kept of one container. */
  readonly logBudgetBytes: number
  /** Disk that all data may take; 0 for no bound. */
  readonly maxBytes: number
}

/** A ClickHouse server in place of the embedded one. Paths are absolute. */
export interface RemoteStoreSettings {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Where the password is read from; `password` is empty then. */
  readonly passwordFile?: string
  readonly database: string
  readonly cluster?: string
  readonly tls: {
    readonly caFile?: string
    readonly certFile?: string
    readonly keyFile?: string
    readonly isVerified: boolean
  }
}

/** Milliseconds. */
export interface RetentionSettings {
  readonly points1sMs: number
  readonly points10sMs: number
  readonly points1mMs: number
  readonly points1hMs: number
  readonly sketchesMs: number
  readonly eventsMs: number
  readonly logsMs: number
  readonly serviceChecksMs: number
  readonly containersMs: number
  readonly containerTotalsMs: number
}

type VigieSection = ParsedConfiguration['vigie']

export function toStoreSettings({ store, logs }: VigieSection, cwd: string): StoreSettings {
  return {
    ...(store.url !== 'embedded' && { remote: toRemote(store, cwd) }),
    maxMemoryBytes: store.max_memory,
    queueBytes: store.queue_bytes,
    maxSeries: store.max_series,
    logBudgetBytes: logs.budget,
    maxBytes: store.max_bytes,
  }
}

function toRemote(store: VigieSection['store'], cwd: string): RemoteStoreSettings {
  return {
    url: store.url,
    user: store.user,
    password: store.password ?? '',
    ...(store.password_file !== undefined && { passwordFile: resolve(cwd, store.password_file) }),
    database: store.database,
    ...(store.cluster !== undefined && { cluster: store.cluster }),
    tls: {
      ...(store.ca_cert !== undefined && { caFile: resolve(cwd, store.ca_cert) }),
      ...(store.client_cert !== undefined && { certFile: resolve(cwd, store.client_cert) }),
      ...(store.client_key !== undefined && { keyFile: resolve(cwd, store.client_key) }),
      isVerified: !store.skip_ssl_validation,
    },
  }
}

export function toRetention(retention: VigieSection['retention']): RetentionSettings {
  return {
    points1sMs: retention.points_1s,
    points10sMs: retention.points_10s,
    points1mMs: retention.points_1m,
    points1hMs: retention.points_1h,
    sketchesMs: retention.sketches,
    eventsMs: retention.events,
    logsMs: retention.logs,
    serviceChecksMs: retention.service_checks,
    containersMs: retention.containers,
    containerTotalsMs: retention.container_totals,
  }
}
