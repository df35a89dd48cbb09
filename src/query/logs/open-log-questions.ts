import type { ClickHouseClient } from '@clickhouse/client'
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
import { openLogTails, type LogTails } from './tail/open-log-tails.ts'

/** All that can be asked of logs. Each throws `QuestionError` for what cannot be answered. */
export interface LogQuestions {
  readonly list: (request: LogsRequest) => Promise<LogsResult>
  readonly histogram: (request: HistogramRequest) => Promise<HistogramResult>
  readonly facets: (request: LogRange) => Promise<FacetsResult>
  readonly context: (request: ContextRequest) => Promise<ContextResult | undefined>
  readonly ledgers: (containerId: string) => Promise<readonly LedgerAnswer[]>
  readonly follow: LogTails['follow']
  /** Ends what is followed. */
  readonly close: () => void
}

/** Puts questions about logs to a store. */
export function openLogQuestions(client: ClickHouseClient, news: LogNews): LogQuestions {
  const store = { read: client, origins: new OriginTable(client) }
  const tails = openLogTails(store, news)
  return {
    list: (request) => askLogs(store, news, request),
    histogram: (request) => askLogHistogram(store, request),
    facets: (request) => askLogFacets(store, request),
    context: (request) => askLogContext(store, request),
    ledgers: (containerId) => askLogLedgers(store, containerId),
    follow: tails.follow,
    close: tails.close,
  }
}
