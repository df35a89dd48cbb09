import type { TagScope } from '../model/person.ts'
import { askSeries, type SeriesRequest, type SeriesResult } from './ask-series.ts'
import { openCatalogue, type Catalogue } from './catalogue/open-catalogue.ts'
import { openHappenings, type Happenings } from './happenings/open-happenings.ts'
import { openLogQuestions, type LogQuestions } from './logs/open-log-questions.ts'
import type { LogNews } from './logs/tail/log-news.ts'
import { askFormulas, type FormulasRequest } from './metrics/ask-formulas.ts'
import { askScalars, type ScalarsRequest } from './metrics/ask-scalars.ts'
import type { Frame } from './metrics/frame.ts'
import { openMetricReader, type MetricStore } from './metrics/metric-reader.ts'
import { promLimits } from './prometheus/limits.ts'
import { openPrometheus, type PrometheusQuestions } from './prometheus/open-prometheus.ts'
import { Turns } from './prometheus/turns.ts'
import { askRuns, type RunsRequest, type RunsResult } from './runs.ts'
import { narrowClient } from './scope/narrow-client.ts'

/** All that can be asked of what is stored, but in SQL. */
export interface StoreQuestions {
  /** Throws {QuestionError} for what cannot be answered, as all but `prometheus` do. */
  readonly askSeries: (request: SeriesRequest) => Promise<SeriesResult>
  /** A frame for each formula, all on one grid. */
  readonly askFormulas: (request: FormulasRequest) => Promise<readonly Frame[]>
  /** A frame of one interval for each formula. */
  readonly askScalars: (request: ScalarsRequest) => Promise<readonly Frame[]>
  readonly askRuns: (request: RunsRequest) => Promise<RunsResult>
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
  const turns = new Turns(promLimits)
  return {
    ...ask(store, logs, turns),
    questionsWithin(scope) {
      const read = narrowClient(store.read, scope)
      return ask({ ...store, read }, logs.within(read, JSON.stringify(scope)), turns)
    },
  }
}

function ask(store: MetricStore, logs: LogQuestions, turns: Turns): StoreQuestions {
  const reader = openMetricReader(store)
  return {
    askSeries: (request) => askSeries(reader, request),
    askFormulas: (request) => askFormulas(reader, request),
    askScalars: (request) => askScalars(reader, request),
    askRuns: (request) => askRuns(store, request),
    logs,
    catalogue: openCatalogue(store.read),
    happenings: openHappenings(store.read),
    prometheus: openPrometheus(store, turns),
  }
}
