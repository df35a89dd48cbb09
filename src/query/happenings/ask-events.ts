import { ClickHouseError } from '@clickhouse/client'
import { parseLogQuery } from '../logs/language/parse-log-query.ts'
import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows, type WriteSql } from '../metrics/read-rows.ts'
import { QuestionError } from '../question-error.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { eventFilterSql } from './event-filter-sql.ts'
import { hasTagSql } from './has-tag-sql.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Which events are asked for. */
export interface EventsRequest {
  /** Unix milliseconds, both included. */
  readonly fromMs: number
  readonly toMs: number
  /** A search as of logs; every event when empty. */
  readonly query: string
  /** Whole tags that each has; `host:` stands for its host. */
  readonly tags?: readonly string[]
  /** One of them is its source; any when empty. */
  readonly sources?: readonly string[]
  readonly priority?: 'normal' | 'low' | undefined
  readonly limit: number
  /** How many of the newest are passed over. */
  readonly offset?: number
}

/** An event as it is stored. */
export interface StoredEvent {
  /** Decimal digits of 64 bits. */
  readonly id: string
  readonly timeMs: number
  readonly title: string
  readonly text: string
  readonly alertType: string
  readonly priority: string
  readonly source: string
  readonly host: string
  readonly tags: readonly string[]
}

/** The newest events, the newest first, and whether there are more. */
export interface EventsResult {
  readonly events: readonly StoredEvent[]
  readonly isCut: boolean
}

/**
 * Events of a time that a search finds.
 * @throws {QuestionError} `invalid` (a `LogQueryError` for the search), `too-large`, `busy` or `failed`.
 */
export async function askEvents(client: ReadClient, request: EventsRequest): Promise<EventsResult> {
  const { limit, offset = 0 } = request
  const filter = parseLogQuery(request.query)
  const found = await readEvents(
    client,
    (parameters) => `
WHERE ${conditionsSql(request, parameters)} AND ${eventFilterSql(filter, parameters)}
ORDER BY time DESC, event_log.id DESC
LIMIT ${limit + 1} OFFSET ${offset}`,
  )
  return { events: found.slice(0, limit), isCut: found.length > limit }
}

function conditionsSql(request: EventsRequest, parameters: SqlParameters): string {
  const { fromMs, toMs, tags = [], sources = [], priority } = request
  return [
    `time >= ${timeSql(fromMs, parameters)} AND time <= ${timeSql(toMs, parameters)}`,
    ...tags.map((tag) => hasTagSql(tag, parameters)),
    ...(sources.length === 0 ? [] : [`source IN ${parameters.texts(sources)}`]),
    ...(priority === undefined ? [] : [`priority = ${parameters.text(priority)}`]),
  ].join(' AND ')
}

function timeSql(timeMs: number, parameters: SqlParameters): string {
  return `fromUnixTimestamp64Milli(${parameters.whole(timeMs)}, 'UTC')`
}

/**
 * The event with an id, or with these as its lower 53 bits; undefined when there is none.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function findEvent(client: ReadClient, id: bigint): Promise<StoredEvent | undefined> {
  const [event] = await readEvents(client, (parameters) => {
    const wanted = parameters.unsigned(id)
    const exactBits = parameters.unsigned(BigInt(Number.MAX_SAFE_INTEGER))
    return `
WHERE event_log.id = ${wanted} OR bitAnd(event_log.id, ${exactBits}) = ${wanted}
ORDER BY event_log.id = ${wanted} DESC
LIMIT 1`
  })
  return event
}

/** A regular expression that our own look at it lets through may be none for the engine. */
async function readEvents(client: ReadClient, rest: WriteSql): Promise<readonly StoredEvent[]> {
  return explainFailure(async () => {
    try {
      return await readRows<StoredEvent>(
        client,
        (parameters) => `
SELECT toString(event_log.id) AS id, toFloat64(toUnixTimestamp64Milli(time)) AS timeMs, title, text,
  alert_type AS alertType, priority, source, host, tags
FROM vigie.event_log FINAL ${rest(parameters)}`,
      )
    } catch (cause) {
      if (!(cause instanceof ClickHouseError) || cause.type !== 'CANNOT_COMPILE_REGEXP') throw cause
      const reason = 'a regular expression in the query is none that RE2 takes'
      throw new QuestionError('invalid', `Cannot search the events: ${reason}`, { cause })
    }
  })
}
