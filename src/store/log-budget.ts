import type { ClickHouseClient } from '@clickhouse/client'

export interface LogBudgetOptions {
  readonly read: ClickHouseClient
  readonly write: ClickHouseClient
  /** Bytes of messages that are kept of one container, or of one origin that is none. */
  readonly budgetBytes: number
}

/** Lines that had to go. */
export interface TrimmedLogs {
  /** The container's id, or the origin's. */
  readonly owner: string
  /** Lines before it are gone, Unix milliseconds: a whole minute. */
  readonly untilMs: number
}

/** What is left of a budget that was used up: so that it is not used up again at once. */
const keptShare = 0.9

/** Whose lines: a container's whatever is said of it over time; each origin for itself where there is no container. */
const ownersQuery = `
SELECT if(o.container_id = '', toString(c.origin), o.container_id) AS owner,
  arrayMap(id -> toString(id), groupUniqArray(c.origin)) AS origins
FROM (SELECT origin, sum(bytes) AS bytes FROM vigie.log_counts GROUP BY origin) AS c
LEFT ANY JOIN vigie.log_origins AS o ON c.origin = o.id
GROUP BY owner
HAVING sum(c.bytes) > {budget:UInt64}`

/** The newest minute that does not fit whole, counted from the newest on; never the newest itself, which may not be over. */
const untilQuery = `
SELECT toFloat64(toUnixTimestamp(least(max(minute) + INTERVAL 1 MINUTE, any(newest)))) * 1000 AS untilMs
FROM (
  SELECT minute, sum(sum(bytes)) OVER (ORDER BY minute DESC) AS kept, max(minute) OVER () AS newest
  FROM vigie.log_counts
  WHERE origin IN (SELECT arrayJoin(arrayMap(id -> toUInt64(id), {origins:Array(String)})))
  GROUP BY minute
)
WHERE kept > {keep:UInt64}`

/** Keeps each container's lines within a budget: what is too much of one goes, the oldest first, and nothing of others. */
export class LogBudget {
  readonly #options: LogBudgetOptions

  constructor(options: LogBudgetOptions) {
    this.#options = options
  }

  /**
   * Hides the oldest lines of all that have more than their budget, to the minute. Their room on disk comes back when parts
   * are merged, or with their age.
   */
  async enforce(): Promise<readonly TrimmedLogs[]> {
    const trimmed: TrimmedLogs[] = []
    const owners = await this.#ask<{ owner: string; origins: readonly string[] }>(ownersQuery, {
      budget: this.#options.budgetBytes,
    })
    for (const { owner, origins } of owners) {
      const keep = Math.floor(this.#options.budgetBytes * keptShare)
      const [found] = await this.#ask<{ untilMs: number }>(untilQuery, { origins, keep })
      if (found === undefined || !(await this.#remove(origins, found.untilMs))) continue
      trimmed.push({ owner, untilMs: found.untilMs })
    }
    return trimmed
  }

  /** Marks the lines as gone, in the background: nothing waits for it. False when there is none. */
  async #remove(origins: readonly string[], untilMs: number): Promise<boolean> {
    const whose = `origin IN (${origins.join(', ')})`
    const until = `toDateTime(${untilMs / 1000}, 'UTC')`
    const [{ rows } = { rows: 0 }] = await this.#ask<{ rows: number }>(
      `SELECT toFloat64(count()) AS rows FROM vigie.log_counts WHERE ${whose} AND minute < ${until}`,
      {},
    )
    if (rows === 0) return false
    for (const [table, time] of [
      ['log_lines', 'time'],
      ['log_counts', 'minute'],
    ]) {
      await this.#options.write.command({
        query: `DELETE FROM vigie.${table} WHERE ${whose} AND ${time} < ${until} SETTINGS lightweight_deletes_sync = 0`,
      })
    }
    return true
  }

  async #ask<Row>(query: string, values: Record<string, unknown>): Promise<readonly Row[]> {
    const answer = await this.#options.read.query({
      query,
      query_params: values,
      format: 'JSONEachRow',
    })
    return answer.json<Row>()
  }
}
