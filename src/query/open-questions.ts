import type { TagScope } from '../model/person.ts'
import { askSeries, type SeriesRequest, type SeriesResult } from './ask-series.ts'
import { openCatalogue, type Catalogue } from './catalogue/open-catalogue.ts'
import { openHappenings, type Happenings } from './happenings/open-happenings.ts'
import { askLabels, type AskLabels } from './labels/ask-labels.ts'
import { openLogQuestions, type LogQuestions } from './logs/open-log-questions.ts'
import type { LogNews } from './logs/tail/log-news.ts'
import { askFormulas, type FormulasRequest } from './metrics/ask-formulas.ts'
import { askScalars, type ScalarsRequest } from './metrics/ask-scalars.ts'
import type { Frame } from './metrics/frame.ts'
import { openMetricReader, type MetricStore } from './metrics/metric-reader.ts'
import { openPast, type AskPast } from './past/open-past.ts'
import { openPrometheus, type PrometheusQuestions } from './prometheus/open-prometheus.ts'
import { openPromTurns } from './prometheus/turns.ts'
import { askRuns, type RunsRequest, type RunsResult } from './runs.ts'
import { narrowClient } from './scope/narrow-client.ts'
import type { Turns } from './turns.ts'

/** All that can be asked of what is stored, but in SQL. */
export interface StoreQuestions {
  /** Throws {QuestionError} for what cannot be answered, as all but `prometheus` do. */
  readonly askSeries: (request: SeriesRequest) => Promise<SeriesResult>
  /** A frame for each formula, all on one grid. */
  readonly askFormulas: (request: FormulasRequest) => Promise<readonly Frame[]>
  /** A frame of one interval for each formula. */
  readonly askScalars: (request: ScalarsRequest) => Promise<readonly Frame[]>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
  /** The live table at a second in the past, and what changed after it. */
  readonly askPast: AskPast
  /** Labels of containers as they were last stored. */
  readonly askLabels: AskLabels
  readonly logs: LogQuestions
  readonly catalogue: Catalogue
  readonly happenings: Happenings
  /** Throws {PrometheusError}. */
  readonly prometheus: PrometheusQuestions
}

/** Questions about all that is stored, and the way to questions about a part of it. */
export interface OpenQuestions extends StoreQuestions {
  /** The same questions where nothing is stored but what meets a scope. Making them costs nothing. */
  readonly questionsWithin: (scope: TagScope) => StoreQuestions
}

/** What questions are put to. */
export interface QuestionStore extends MetricStore {
  readonly logNews: LogNews
}

/** Opens all questions over a store. Bounds on how many run at a time are for those about the whole and its parts together. */
export function openQuestions(store: QuestionStore): OpenQuestions {
  const logs = openLogQuestions(store.read, store.logNews)
  const turns = openPromTurns()
  const past = openPast(store)
  return {
    ...ask({ ...store, isNarrowed: false }, logs, turns),
    askPast: past.ask,
    questionsWithin(scope) {
      const read = narrowClient(store.read, scope)
      const ownLogs = logs.within(read, JSON.stringify(scope))
      return {
        ...ask({ ...store, read, isNarrowed: true }, ownLogs, turns),
        askPast: past.within(scope),
      }
    },
  }
}

/** A store, or what of it somebody sees. */
interface SeenStore extends MetricStore {
  readonly isNarrowed: boolean
}

function ask(store: SeenStore, logs: LogQuestions, turns: Turns): Omit<StoreQuestions, 'askPast'> {
  const reader = openMetricReader(store)
  return {
    askSeries: (request) => askSeries(reader, request),
    askFormulas: (request) => askFormulas(reader, request),
    askScalars: (request) => askScalars(reader, request),
    askRuns: (request) => askRuns(store, request),
    askLabels: (request) => askLabels(store.read, request),
    logs,
    catalogue: openCatalogue(store.read),
    happenings: openHappenings(store),
    prometheus: openPrometheus(store, turns),
  }
}
