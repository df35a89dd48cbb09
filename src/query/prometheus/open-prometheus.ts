import { askLabelNames, askLabelValues, askSeriesLabels, type LabelScope } from './ask-labels.ts'
import { askMetadata, type MetadataRequest, type MetricMetadata } from './ask-metadata.ts'
import { Budget } from './budget.ts'
import { evaluate } from './evaluate/evaluate.ts'
import type { EvalGrid, Value } from './evaluate/values.ts'
import { lastMomentOf } from './evaluate/values.ts'
import { parsePromql } from './language/parse-promql.ts'
import { promLimits } from './limits.ts'
import { instantAnswer, rangeAnswer, type QueryData } from './prometheus-answer.ts'
import { PrometheusError } from './prometheus-error.ts'
import type { PrometheusStore } from './samples/sample-source.ts'
import type { Turns } from '../turns.ts'
import { openPromTurns } from './turns.ts'

interface QueryRequest {
  readonly query: string
  /** At most `promLimits.timeoutMs`. */
  readonly timeoutMs?: number | undefined
  /** How long a sample counts as the newest; follows from each series' interval when absent. */
  readonly lookbackMs?: number | undefined
}

/** A question about one moment, in Unix milliseconds. */
export interface InstantRequest extends QueryRequest {
  readonly timeMs: number
}

/** A question about moments from the first on, in Unix milliseconds. */
export interface RangeRequest extends QueryRequest {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/**
 * What Prometheus' HTTP API asks for, answered from the tables of points.
 * All throw {PrometheusError} with Prometheus' own kind of fault.
 */
export interface PrometheusQuestions {
  readonly query: (request: InstantRequest) => Promise<QueryData>
  readonly queryRange: (request: RangeRequest) => Promise<QueryData>
  readonly labelNames: (scope: LabelScope) => Promise<readonly string[]>
  readonly labelValues: (label: string, scope: LabelScope) => Promise<readonly string[]>
  readonly series: (scope: LabelScope) => Promise<readonly Readonly<Record<string, string>>[]>
  readonly metadata: (
    request: MetadataRequest,
  ) => Promise<Readonly<Record<string, readonly MetricMetadata[]>>>
}

/**
 * Opens PromQL over a store. A few questions are worked on at a time, the others wait for their turn.
 * @param turns Of this store's questions and others'; its own when absent.
 */
export function openPrometheus(
  store: PrometheusStore,
  turns: Turns = openPromTurns(),
): PrometheusQuestions {
  return {
    query: async (request) => {
      const grid = { startMs: request.timeMs, stepMs: 1, length: 1 }
      return turns.take(async () => instantAnswer(await work(store, request, grid), grid))
    },
    queryRange: async (request) => {
      const grid = gridOf(request)
      return turns.take(async () => rangeAnswer(await work(store, request, grid), grid))
    },
    labelNames: (scope) => askLabelNames(store.read, scope),
    labelValues: (label, scope) => askLabelValues(store.read, label, scope),
    series: (scope) => askSeriesLabels(store.read, scope),
    metadata: (request) => askMetadata(store.read, request),
  }
}

async function work(
  store: PrometheusStore,
  { query, timeoutMs, lookbackMs }: QueryRequest,
  grid: EvalGrid,
): Promise<Value> {
  const expression = parsePromql(query)
  const budget = new Budget(Math.min(timeoutMs ?? Infinity, promLimits.timeoutMs))
  const endMs = lastMomentOf(grid)
  return evaluate(expression, grid, { store, budget, startMs: grid.startMs, endMs, lookbackMs })
}

function gridOf({ startMs, endMs, stepMs }: RangeRequest): EvalGrid {
  if (endMs < startMs) throw new PrometheusError('bad_data', 'the end lies before the start')
  if (!(stepMs >= 1)) {
    throw new PrometheusError('bad_data', 'the step has to be 1 ms at least')
  }
  const length = Math.floor((endMs - startMs) / stepMs) + 1
  if (length > promLimits.maxSteps) {
    throw new PrometheusError(
      'bad_data',
      `the query asks for ${length} points of each series, ${promLimits.maxSteps} are the most; ask for a longer step or a shorter time`,
    )
  }
  return { startMs, stepMs, length }
}
