import { openApi } from '../api/index.ts'
import type { StoreRow } from '../api/contract/agents.ts'
import type { QueryAnswer, SqlAnswer } from '../api/contract/query.ts'
import type { Dashboards } from '../dashboards/open-dashboards.ts'
import { defaultHttpLimits, type HttpLimits } from '../http/limits.ts'
import { createBodyReader } from '../http/read-body.ts'
import { startHttp, type HttpServer } from '../http/start-http.ts'
import { IntakeCounts } from '../intake/counts.ts'
import { intakeRoutes } from '../intake/index.ts'
import { listAgents } from '../query/agents.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import type { Catalogue } from '../query/catalogue/open-catalogue.ts'
import { findContainer, listContainers } from '../query/containers.ts'
import type { Happenings } from '../query/happenings/open-happenings.ts'
import { openLiveSource } from '../query/live.ts'
import type { LogQuestions } from '../query/logs/open-log-questions.ts'
import type { FormulasRequest } from '../query/metrics/ask-formulas.ts'
import type { ScalarsRequest } from '../query/metrics/ask-scalars.ts'
import type { Frame } from '../query/metrics/frame.ts'
import type { PrometheusQuestions } from '../query/prometheus/open-prometheus.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
import type { LiveTable } from '../store/live-table.ts'
import type { SeriesRegistry } from '../store/series-registry.ts'
import type { StoreWriter } from '../store/store.ts'
import type { Log } from '../telemetry/log.ts'

/** Everything the server is made of; the store is open and the live table filled already. */
export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly accessToken?: string | undefined
  /** The API keys that agents may show. */
  readonly keys: readonly string[]
  readonly webFolder?: string | undefined
  readonly version: string
  readonly log: Log
  readonly store: StoreWriter
  readonly registry: SeriesRegistry
  readonly live: LiveTable
  /** How long points are kept. */
  readonly retentionMs: number
  /** How long sketches are kept. */
  readonly sketchesRetentionMs: number
  /** How long totals of containers are kept. */
  readonly totalsRetentionMs: number
  /** How long log lines are kept. */
  readonly logsRetentionMs: number
  readonly describeStore: () => StoreRow
  readonly askSeries: (request: SeriesRequest) => Promise<QueryAnswer>
  readonly askFormulas: (request: FormulasRequest) => Promise<readonly Frame[]>
  readonly askScalars: (request: ScalarsRequest) => Promise<readonly Frame[]>
  readonly askSql: (query: string) => Promise<SqlAnswer>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
  readonly logs: LogQuestions
  readonly prometheus: PrometheusQuestions
  readonly catalogue: Catalogue
  readonly happenings: Happenings
  readonly dashboards: Dashboards
  /** Why the server cannot serve now, one sentence; undefined when it can. */
  readonly whyNotReady?: () => string | undefined
  readonly limits?: Partial<HttpLimits>
  readonly clock?: () => number
}

/**
 * Puts intake, API and page together and listens.
 * @throws {ListenError} When the address is taken, not ours, or open to other machines without a token.
 */
export async function openServer(options: ServerOptions): Promise<HttpServer> {
  const limits = { ...defaultHttpLimits, ...options.limits }
  const clock = options.clock ?? Date.now
  const { store, registry, live, keys } = options
  const readBody = createBodyReader(limits)
  const counts = new IntakeCounts()
  const api = openApi(
    {
      version: options.version,
      startedAtMs: clock(),
      clock,
      whyNotReady: options.whyNotReady ?? (() => undefined),
      listContainers: (scope) => listContainers(live, scope),
      findContainer: (idOrPrefix) => findContainer(live, idOrPrefix),
      listAgents: () => listAgents(live),
      counts: () => counts.all(),
      describeStore: options.describeStore,
      askSeries: options.askSeries,
      askFormulas: options.askFormulas,
      askScalars: options.askScalars,
      askSql: options.askSql,
      askRuns: options.askRuns,
      logs: options.logs,
      prometheus: options.prometheus,
      catalogue: options.catalogue,
      happenings: options.happenings,
      dashboards: options.dashboards,
      readBody,
      limits,
    },
    openLiveSource(live),
  )
  const intake = intakeRoutes({
    keys,
    store,
    registry,
    live,
    counts,
    readBody,
    clock,
    retentionMs: options.retentionMs,
    sketchesRetentionMs: options.sketchesRetentionMs,
    totalsRetentionMs: options.totalsRetentionMs,
    logsRetentionMs: options.logsRetentionMs,
  })
  try {
    return await startHttp({
      ...options,
      limits,
      routes: [...intake, ...api.routes],
      onClosing: api.close,
    })
  } catch (error) {
    api.close()
    throw error
  }
}
