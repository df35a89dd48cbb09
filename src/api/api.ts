import type { Access } from '../access/open-access.ts'
import type { Dashboards } from '../dashboards/open-dashboards.ts'
import type { PeopleGate } from '../http/gate.ts'
import type { ReadBody } from '../http/read-body.ts'
import type { EventStreamLimits } from '../http/event-stream.ts'
import type { TagScope } from '../model/person.ts'
import type { ProcessList } from '../model/process-list.ts'
import type { AgentAnswer } from '../query/agents.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import type { Catalogue } from '../query/catalogue/open-catalogue.ts'
import type { ContainerAnswer, ContainerScope, FoundContainer } from '../query/containers.ts'
import type { LateHappenings } from '../query/happenings/late-happenings.ts'
import type { Happenings } from '../query/happenings/open-happenings.ts'
import type { AskLabels } from '../query/labels/ask-labels.ts'
import type { LogQuestions } from '../query/logs/open-log-questions.ts'
import type { FormulasRequest } from '../query/metrics/ask-formulas.ts'
import type { ScalarsRequest } from '../query/metrics/ask-scalars.ts'
import type { Frame } from '../query/metrics/frame.ts'
import type { StoreQuestions } from '../query/open-questions.ts'
import type { AskPast } from '../query/past/open-past.ts'
import type { PrometheusQuestions } from '../query/prometheus/open-prometheus.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
import type { Views } from '../views/open-views.ts'
import type { StoreRow } from './contract/agents.ts'
import type { QueryAnswer, SqlAnswer } from './contract/query.ts'

/** What every API route works with. */
export interface Api {
  readonly version: string
  readonly startedAtMs: number
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Absent when all is well; else one sentence. */
  readonly whyNotReady: () => string | undefined
  readonly listContainers: (scope: ContainerScope) => ContainerAnswer[]
  readonly findContainer: (idOrPrefix: string) => FoundContainer
  /** What runs in a container, as its agent told it last; from now on, for a while, it is asked to. */
  readonly lookAtProcesses: (containerId: string, host: string) => ProcessList | undefined
  readonly listAgents: () => AgentAnswer[]
  readonly describeStore: () => StoreRow
  /** Counts of the intake, by reason. */
  readonly counts: () => Readonly<Record<string, number>>
  /** Throws {QuestionError} for what cannot be answered, as `askSql` does. */
  readonly askSeries: (request: SeriesRequest) => Promise<QueryAnswer>
  /** A frame for each formula, all on one grid. */
  readonly askFormulas: (request: FormulasRequest) => Promise<readonly Frame[]>
  /** A frame of one interval for each formula. */
  readonly askScalars: (request: ScalarsRequest) => Promise<readonly Frame[]>
  /** The questions as they are where nothing is stored but what meets a scope. */
  readonly questionsWithin: (scope: TagScope) => StoreQuestions
  readonly askSql: (query: string) => Promise<SqlAnswer>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
  /** The live table at a second in the past, and what changed after it. */
  readonly askPast: AskPast
  /** Labels of containers that the live table does not have. */
  readonly askLabels: AskLabels
  readonly logs: LogQuestions
  readonly catalogue: Catalogue
  readonly happenings: Happenings
  /** Tells since when something happened that was told late. */
  readonly followLate: LateHappenings['follow']
  readonly dashboards: Dashboards
  readonly views: Views
  /** Who is let in, and how that is changed. */
  readonly access: Access
  readonly gate: PeopleGate
  /** What people and agents type, where it is not what they ask with. */
  readonly publicUrl?: string | undefined
  /** Image of the agent for those who add a host. */
  readonly agentImage: string
  /** Throws {PrometheusError}. */
  readonly prometheus: PrometheusQuestions
  readonly readBody: ReadBody
  readonly limits: EventStreamLimits
}
