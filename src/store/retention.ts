/** How long rows are kept, in milliseconds. */
export interface Retention {
  readonly points1sMs: number
  /** Of distributions. */
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

/** Seven days of every second and of distributions, a month of logs, a quarter of what happened: the same as the configuration's. */
export const defaultRetention: Retention = {
  points1sMs: 7 * dayMs,
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
  /** As in `CREATE TABLE … TTL <expression>`. */
  readonly expression: string
}

/**
 * The time-to-live of each table. A series, or an origin of lines, is written again once a day while something refers to
 * it, so it outlives the last of them.
 */
export function tableTtls(retention: Retention): readonly TableTtl[] {
  return [
    ttl('points_1s', 'toDateTime(time)', retention.points1sMs),
    ttl('sketches', 'toDateTime(time)', retention.sketchesMs),
    ttl('series', 'seen', Math.max(retention.points1sMs, retention.sketchesMs) + 2 * dayMs),
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

function ttl(table: string, start: string, durationMs: number): TableTtl {
  const seconds = Math.max(60, Math.ceil(durationMs / 1000))
  return { table, expression: `${start} + toIntervalSecond(${seconds})` }
}
