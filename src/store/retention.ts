import { pointTiers, sketchTiers, type TierTable } from './rollups/point-tiers.ts'

/** How long rows are kept, in milliseconds. */
export interface Retention {
  /** Of points as they came. */
  readonly points1sMs: number
  /** Of points rolled up: each table for itself. Distributions in steps of 10 minutes are kept as those of a minute. */
  readonly points10sMs: number
  readonly points1mMs: number
  readonly points1hMs: number
  /** Of distributions as they came. */
  readonly sketchesMs: number
  readonly eventsMs: number
  /** As far as the budget of their container has room for them. */
  readonly logsMs: number
  readonly serviceChecksMs: number
  /** Since the last state that was seen. */
  readonly containersMs: number
  /** Since the run ended. */
  readonly containerTotalsMs: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const tieredTables = [...pointTiers, ...sketchTiers].map(({ table }) => table)

/** Every second for 6 hours, every hour for two years; a month of logs, a quarter of what happened: the same as the configuration's. */
export const defaultRetention: Retention = {
  points1sMs: 6 * hourMs,
  points10sMs: 7 * dayMs,
  points1mMs: 90 * dayMs,
  points1hMs: 730 * dayMs,
  sketchesMs: 7 * dayMs,
  eventsMs: 90 * dayMs,
  logsMs: 30 * dayMs,
  serviceChecksMs: 90 * dayMs,
  containersMs: 90 * dayMs,
  containerTotalsMs: 90 * dayMs,
}

/** The time-to-live of a table: when its rows go. */
export interface TableTtl {
  readonly table: string
  /** As in `CREATE TABLE … TTL <expression>`; absent where the engine drops nothing by itself. */
  readonly expression?: string
}

/**
 * The time-to-live of each table. Points and sketches have none: they go by whole partitions once they are rolled up
 * (`keeping/`). A series, or an origin of lines, is written again once a day while something refers to it, so it outlives
 * the last of them.
 */
export function tableTtls(retention: Retention): readonly TableTtl[] {
  return [
    ...tieredTables.map((table) => ({ table })),
    ttl('series', 'seen', longestMs(retention) + 2 * dayMs),
    ttl('event_log', 'toDateTime(time)', retention.eventsMs),
    ttl('service_check_log', 'toDateTime(time)', retention.serviceChecksMs),
    ttl('container_states', 'toDateTime(time)', retention.containersMs),
    ttl('container_runs', 'toDateTime(finished)', retention.containerTotalsMs),
    ttl('log_lines', 'toDateTime(time)', retention.logsMs),
    ttl('log_counts', 'minute', retention.logsMs),
    ttl('log_origins', 'seen', retention.logsMs + 2 * dayMs),
    ttl('log_ledgers', 'toDateTime(time)', retention.logsMs + 2 * dayMs),
  ]
}

/** How long rows of a table of points or sketches are kept, in milliseconds. */
export function tierRetentionMs(table: TierTable, retention: Retention): number {
  const keptMs: Record<TierTable, number> = {
    points_1s: retention.points1sMs,
    points_10s: retention.points10sMs,
    points_1m: retention.points1mMs,
    points_1h: retention.points1hMs,
    sketches: retention.sketchesMs,
    sketches_10m: retention.points1mMs,
    sketches_1h: retention.points1hMs,
  }
  return keptMs[table]
}

function longestMs(retention: Retention): number {
  return Math.max(...tieredTables.map((table) => tierRetentionMs(table, retention)))
}

function ttl(table: string, start: string, durationMs: number): TableTtl {
  const seconds = Math.max(60, Math.ceil(durationMs / 1000))
  return { table, expression: `${start} + toIntervalSecond(${seconds})` }
}
