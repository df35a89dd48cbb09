import type { Access } from '../access/open-access.ts'
import type { Api } from '../api/api.ts'
import { openApi } from '../api/index.ts'
import type { StoreRow } from '../api/contract/agents.ts'
import type { QueryAnswer, SqlAnswer } from '../api/contract/query.ts'
import type { Dashboards } from '../dashboards/open-dashboards.ts'
import type { KeyGate, PeopleGate } from '../http/gate.ts'
import { defaultHttpLimits, questionLimits, type HttpLimits } from '../http/limits.ts'
import { createBodyReader } from '../http/read-body.ts'
import { startHttp, type HttpServer } from '../http/start-http.ts'
import type { TlsFiles } from '../http/tls-files.ts'
import type { TagScope } from '../model/person.ts'
import { IntakeCounts } from '../intake/counts.ts'
import { intakeRoutes } from '../intake/index.ts'
import { listAgents } from '../query/agents.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import type { Catalogue } from '../query/catalogue/open-catalogue.ts'
import { findContainer, listContainers } from '../query/containers.ts'
import { watchLate } from '../query/happenings/late-happenings.ts'
import type { Happenings } from '../query/happenings/open-happenings.ts'
import { openLiveSource } from '../query/live.ts'
import type { AskLabels } from '../query/labels/ask-labels.ts'
import type { LogQuestions } from '../query/logs/open-log-questions.ts'
import type { FormulasRequest } from '../query/metrics/ask-formulas.ts'
import type { ScalarsRequest } from '../query/metrics/ask-scalars.ts'
import type { Frame } from '../query/metrics/frame.ts'
import type { StoreQuestions } from '../query/open-questions.ts'
import type { AskPast } from '../query/past/open-past.ts'
import type { PrometheusQuestions } from '../query/prometheus/open-prometheus.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
import type { LiveTable } from '../store/live-table.ts'
import type { SeriesRegistry } from '../store/series-registry.ts'
import type { StoreWriter } from '../store/store.ts'
import type { Log } from '../telemetry/log.ts'
import type { Views } from '../views/open-views.ts'

/** Everything the server is made of; the store is open and the live table filled already. */
export interface ServerOptions {
  readonly host: string
  readonly port: number
  /** Lets people in; the one of `access` but in a test. */
  readonly gate: PeopleGate
  /** Which API keys agents may show. */
  readonly keys: KeyGate
  readonly access: Access
  /** Absent: plain HTTP. */
  readonly tls?: TlsFiles | undefined
  readonly trustedProxies?: readonly string[] | undefined
  readonly publicUrl?: string | undefined
  /** Of the agent; `vigie-agent` of this version when absent. */
  readonly agentImage?: string | undefined
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
  /** The questions as they are where nothing is stored but what meets a scope. */
  readonly questionsWithin: (scope: TagScope) => StoreQuestions
  readonly askSql: (query: string) => Promise<SqlAnswer>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
  readonly askPast: AskPast
  readonly askLabels: AskLabels
  readonly logs: LogQuestions
  readonly prometheus: PrometheusQuestions
  readonly catalogue: Catalogue
  readonly happenings: Happenings
  readonly dashboards: Dashboards
  readonly views: Views
  /** Why the server cannot serve now, one sentence; undefined when it can. */
  readonly whyNotReady?: () => string | undefined
  readonly limits?: Partial<HttpLimits>
  readonly clock?: () => number
}

/**
 * Puts intake, API and page together and listens.
 * @throws {ListenError} When the address is taken, not ours, or open to other machines while nobody has to sign in.
 */
export async function openServer(options: ServerOptions): Promise<HttpServer> {
  const limits = { ...defaultHttpLimits, ...options.limits }
  const clock = options.clock ?? Date.now
  const { registry, live, keys } = options
  const { store, follow: followLate } = watchLate(options.store, clock)
  const readBody = createBodyReader(limits)
  const readQuestion = createBodyReader(questionLimits(limits))
  const counts = new IntakeCounts()
  const api = openApi(
    toApi(options, {
      clock,
      readBody: readQuestion,
      limits,
      counts: () => counts.all(),
      followLate,
    }),
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

/** What of the Api is not in the options as it is. */
type ApiParts = Pick<Api, 'clock' | 'readBody' | 'limits' | 'counts' | 'followLate'>

function toApi(options: ServerOptions, parts: ApiParts): Api {
  const { live } = options
  return {
    ...parts,
    version: options.version,
    startedAtMs: parts.clock(),
    whyNotReady: options.whyNotReady ?? (() => undefined),
    listContainers: (scope) => listContainers(live, scope),
    lookAtProcesses: (id, host) => live.processes.look(id, host),
    findContainer: (idOrPrefix) => findContainer(live, idOrPrefix),
    listAgents: () => listAgents(live),
    describeStore: options.describeStore,
    askSeries: options.askSeries,
    askFormulas: options.askFormulas,
    askScalars: options.askScalars,
    questionsWithin: options.questionsWithin,
    askSql: options.askSql,
    askRuns: options.askRuns,
    askPast: options.askPast,
    askLabels: options.askLabels,
    logs: options.logs,
    prometheus: options.prometheus,
    catalogue: options.catalogue,
    happenings: options.happenings,
    dashboards: options.dashboards,
    views: options.views,
    access: options.access,
    gate: options.gate,
    publicUrl: options.publicUrl,
    agentImage: options.agentImage ?? `vigie-agent:${options.version}`,
  }
}
