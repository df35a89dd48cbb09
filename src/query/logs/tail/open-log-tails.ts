import { QuestionError } from '../../question-error.ts'
import { formatLogQuery } from '../language/format-log-query.ts'
import { parseLogQuery } from '../language/parse-log-query.ts'
import type { LogStore } from '../log-store.ts'
import type { LogNews } from './log-news.ts'
import type { NewLines } from './read-new-lines.ts'
import { TailedQuery } from './tailed-query.ts'

/** Somebody who follows a query. */
export interface TailFollower {
  /** False while it cannot take more; it is given all that it missed once it can. */
  readonly isReady: () => boolean
  /** Lines that came in up to `takenMs`, never none. The same object goes to all who are given the same. */
  readonly take: (news: NewLines, takenMs: number) => void
  /** It is told nothing more. */
  readonly fail: (error: QuestionError) => void
}

/** A place in a query's lines. */
export interface TailPlace {
  readonly takenMs: () => number
  /** To be called when the follower is ready again. */
  readonly wake: () => void
  readonly close: () => void
}

/** What is followed: a query, from now on or from what came in after `afterMs`, Unix milliseconds. */
export interface TailRequest {
  readonly query: string
  readonly afterMs?: number | undefined
}

/** What is to be seen of the store. Whoever sees the same has the same name for it. */
export interface TailedStore extends LogStore {
  readonly name: string
}

/** All queries that are followed. */
export interface LogTails {
  /**
   * Follows a query of a store from now on, or from what came in after `afterMs`.
   * @throws {QuestionError} `invalid` when the query cannot be read, `busy` when too many others are followed.
   */
  readonly follow: (store: TailedStore, request: TailRequest, follower: TailFollower) => TailPlace
  readonly close: () => void
}

export interface TailsOptions {
  /** Shortest time between two looks at the store. */
  readonly everyMs?: number
  /** Different queries at the same time. */
  readonly maxQueries?: number
}

/** Follows queries: however many follow one, the store is asked once for all who are at the same place. */
export function openLogTails(news: LogNews, options: TailsOptions = {}): LogTails {
  const { everyMs = 250, maxQueries = 32 } = options
  const queries = new Map<string, TailedQuery>()
  let timer: NodeJS.Timeout | undefined
  let isLooking = false
  let lookAgainAtMs = 0

  async function look(): Promise<void> {
    isLooking = true
    lookAgainAtMs = performance.now() + everyMs
    const upToMs = news.takenMs()
    for (const query of queries.values()) await query.look(upToMs)
    isLooking = false
    if (news.takenMs() > upToMs) schedule()
  }
  function schedule(): void {
    if (isLooking || queries.size === 0) return
    timer ??= setTimeout(
      () => {
        timer = undefined
        void look()
      },
      Math.max(0, lookAgainAtMs - performance.now()),
    )
  }
  function queryOf(store: TailedStore, text: string): TailedQuery {
    const filter = parseLogQuery(text)
    const name = JSON.stringify([store.name, formatLogQuery(filter)])
    const query = queries.get(name) ?? new TailedQuery(store, filter, () => queries.delete(name))
    if (queries.size >= maxQueries && !queries.has(name)) {
      throw new QuestionError(
        'busy',
        `Cannot follow the logs: ${maxQueries} different queries are followed already; close another page`,
      )
    }
    queries.set(name, query)
    return query
  }
  const stop = news.follow(schedule)

  return {
    follow(store, { query, afterMs = Infinity }, follower) {
      const place = queryOf(store, query).add(follower, Math.min(afterMs, news.takenMs()))
      schedule()
      return { ...place, wake: schedule }
    },
    close() {
      stop()
      clearTimeout(timer)
      queries.clear()
    },
  }
}
