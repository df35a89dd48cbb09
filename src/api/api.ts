import type { ReadBody } from '../http/read-body.ts'
import type { EventStreamLimits } from '../http/event-stream.ts'
import type { AgentAnswer } from '../query/agents.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import type { ContainerAnswer, ContainerScope, FoundContainer } from '../query/containers.ts'
import type { LogQuestions } from '../query/logs/open-log-questions.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
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
  /** Counts of the intake, by reason. */
  readonly counts: () => Readonly<Record<string, number>>
  /** Throws {QuestionError} for what cannot be answered, as `askSql` does. */
  readonly askSeries: (request: SeriesRequest) => Promise<QueryAnswer>
  readonly askSql: (query: string) => Promise<SqlAnswer>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
  readonly logs: LogQuestions
  readonly readBody: ReadBody
  readonly limits: EventStreamLimits
}
