import { askLogContext, type ContextRequest, type ContextResult } from './ask-log-context.ts'
import { askLogFacets, type FacetsResult } from './ask-log-facets.ts'
import {
  askLogHistogram,
  type HistogramRequest,
  type HistogramResult,
} from './ask-log-histogram.ts'
import { askLogLedgers, type LedgerAnswer } from './ask-log-ledgers.ts'
import { askLogs, type LogsRequest, type LogsResult } from './ask-logs.ts'
import type { LogRange } from './log-store.ts'
import { OriginTable } from './origin-table.ts'
import type { LogNews } from './tail/log-news.ts'
import {
  openLogTails,
  type LogTails,
  type TailFollower,
  type TailPlace,
  type TailRequest,
  type TailedStore,
} from './tail/open-log-tails.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** All that can be asked of logs. Each throws `QuestionError` for what cannot be answered. */
export interface LogQuestions {
  readonly list: (request: LogsRequest) => Promise<LogsResult>
  readonly histogram: (request: HistogramRequest) => Promise<HistogramResult>
  readonly facets: (request: LogRange) => Promise<FacetsResult>
  readonly context: (request: ContextRequest) => Promise<ContextResult | undefined>
  readonly ledgers: (containerId: string) => Promise<readonly LedgerAnswer[]>
  /** As `LogTails.follow`. */
  readonly follow: (request: TailRequest, follower: TailFollower) => TailPlace
  /** Ends what is followed. */
  readonly close: () => void
}

/** Questions about all logs, and the way to what others may see of them. */
export interface OpenLogQuestions extends LogQuestions {
  /**
   * The same questions put to a client that sees less; whoever sees the same has the same name for it. What is followed
   * there ends here, when all of it does.
   */
  readonly within: (narrowed: ReadClient, name: string) => LogQuestions
}

/** Puts questions about logs to a store. */
export function openLogQuestions(client: ReadClient, news: LogNews): OpenLogQuestions {
  // An origin is asked for by the id that a line has, so that one table does for all: who sees the line may see it.
  const origins = new OriginTable(client)
  const tails = openLogTails(news)
  return {
    ...ask({ read: client, origins, name: '' }, news, tails),
    within: (narrowed, name) => ({
      ...ask({ read: narrowed, origins, name }, news, tails),
      close: () => {},
    }),
  }
}

function ask(store: TailedStore, news: LogNews, tails: LogTails): LogQuestions {
  return {
    list: (request) => askLogs(store, news, request),
    histogram: (request) => askLogHistogram(store, request),
    facets: (request) => askLogFacets(store, request),
    context: (request) => askLogContext(store, request),
    ledgers: (containerId) => askLogLedgers(store, containerId),
    follow: (request, follower) => tails.follow(store, request, follower),
    close: tails.close,
  }
}
