import type { Access } from '../access/open-access.ts'
import type { Dashboards } from '../dashboards/open-dashboards.ts'
import type { PeopleGate } from '../http/gate.ts'
import type { ReadBody } from '../http/read-body.ts'
import type { EventStreamLimits } from '../http/event-stream.ts'
import type { TagScope } from '../model/person.ts'
import type { AgentAnswer } from '../query/agents.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import type { Catalogue } from '../query/catalogue/open-catalogue.ts'
import type { ContainerAnswer, ContainerScope, FoundContainer } from '../query/containers.ts'
import type { Happenings } from '../query/happenings/open-happenings.ts'
import type { LogQuestions } from '../query/logs/open-log-questions.ts'
import type { FormulasRequest } from '../query/metrics/ask-formulas.ts'
import type { ScalarsRequest } from '../query/metrics/ask-scalars.ts'
import type { Frame } from '../query/metrics/frame.ts'
import type { StoreQuestions } from '../query/open-questions.ts'
import type { PrometheusQuestions } from '../query/prometheus/open-prometheus.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
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
  readonly logs: LogQuestions
  readonly catalogue: Catalogue
  readonly happenings: Happenings
  readonly dashboards: Dashboards
  /** Who is let in, and how that is changed. */
  readonly access: Access
  readonly gate: PeopleGate
  /** What people and agents type, where it is not what they ask with. */
  readonly publicUrl?: string | undefined
  /** Throws {PrometheusError}. */
  readonly prometheus: PrometheusQuestions
  readonly readBody: ReadBody
  readonly limits: EventStreamLimits
}
