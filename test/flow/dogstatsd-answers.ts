import type { QueryAnswer } from '../../src/api/contract/query.ts'
import { askSql, getJson } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

/** An interval of 10 s ends, is flushed, delivered and written. */
export const arrivesWithinMs = 20_000
/** Where others of the same interval are there already. */
const settlesWithinMs = 3000

/** Questions to a server about what programs have sent in the last minutes. */
export interface Answers {
  /**
   * Sum of all points of a query, such as `sum:hits{*}.as_count()`.
   * @returns `undefined` where there is no point.
   */
  readonly sum: (query: string) => Promise<number | undefined>
  /** The newest point of a query. */
  readonly last: (query: string) => Promise<number | undefined>
  /** All different lists of tags that a metric has come with. */
  readonly tagsOf: (metric: string) => Promise<readonly (readonly string[])[]>
  readonly sql: (query: string) => Promise<readonly (readonly unknown[])[]>
}

const backS = 300

export function openAnswers(url: string): Answers {
  const ask = async (query: string): Promise<readonly number[]> => {
    const nowS = Math.ceil(Date.now() / 1000)
    const parameters = new URLSearchParams({
      from: String(nowS - backS),
      to: String(nowS + 10),
      query,
    })
    const answer = await getJson<QueryAnswer>(`${url}/api/v1/query?${parameters.toString()}`)
    return answer.series
      .flatMap(({ pointlist }) => pointlist)
      .flatMap(([, value]) => (value === null ? [] : [value]))
  }
  return {
    sum: async (query) => {
      const points = await ask(query)
      return points.length === 0 ? undefined : points.reduce((total, value) => total + value, 0)
    },
    last: async (query) => (await ask(query)).at(-1),
    tagsOf: async (metric) => {
      const rows = await askSql(
        url,
        `SELECT DISTINCT tags FROM metrics WHERE metric = '${metric}' AND time > now() - ${backS}`,
      )
      return rows.map(([tags]) => (Array.isArray(tags) ? tags.map(String) : []))
    },
    sql: (query) => askSql(url, query),
  }
}

/** What `ask` answers once that is `expected`, else what it answered last. */
export async function settle<T>(
  expected: T,
  ask: () => Promise<T>,
  withinMs: number = settlesWithinMs,
): Promise<T> {
  let seen = await ask()
  await waitUntil('the expected answer', withinMs, async () => {
    seen = await ask()
    return JSON.stringify(seen) === JSON.stringify(expected)
  }).catch(() => undefined)
  return seen
}

/**
 * Waits until an interval of 10 s has some seconds left, for what makes sense only as a whole: percentiles, or a gauge that
 * is set twice.
 */
export async function waitForRoom(): Promise<void> {
  await waitUntil('an interval with room', 30_000, () => Date.now() % 10_000 < 7000)
}
