import type { EvalGrid, Line, RangeValue, Value } from './evaluate/values.ts'
import { momentOf } from './evaluate/values.ts'
import { formatNumber } from './format-number.ts'
import { keyOf, type Labels } from '../../model/prometheus/labels.ts'
import { promLimits } from './limits.ts'
import { PrometheusError } from './prometheus-error.ts'
import type { SampledSeries } from './samples/sample-source.ts'

/** A sample as it goes over the wire: Unix seconds, and the value as text. */
export type WireSample = readonly [seconds: number, value: string]

/**
 * The answer to a query.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
 */
export type QueryData =
  | { readonly resultType: 'scalar' | 'string'; readonly result: WireSample }
  | { readonly resultType: 'vector'; readonly result: readonly WireVectorSeries[] }
  | { readonly resultType: 'matrix'; readonly result: readonly WireMatrixSeries[] }

interface WireVectorSeries {
  readonly metric: Readonly<Record<string, string>>
  readonly value: WireSample
}

interface WireMatrixSeries {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly WireSample[]
}

/** What an expression is at one moment, in the form of its own type. */
export async function instantAnswer(value: Value, grid: EvalGrid): Promise<QueryData> {
  const seconds = grid.startMs / 1000
  switch (value.kind) {
    case 'scalar':
      return { resultType: 'scalar', result: [seconds, formatNumber(value.values[0] ?? NaN)] }
    case 'text':
      return { resultType: 'string', result: [seconds, value.value] }
    case 'vector': {
      const lines = value.isSorted === true ? value.lines : sortByLabels(value.lines)
      checkSize(lines.length)
      return {
        resultType: 'vector',
        result: lines.flatMap(({ labels, has, values }) =>
          has[0] === 1
            ? [{ metric: toRecord(labels), value: [seconds, formatNumber(values[0] ?? NaN)] }]
            : [],
        ),
      }
    }
    case 'range':
      return samplesAnswer(value, grid)
  }
}

/** What an expression is at each moment of a grid. */
export function rangeAnswer(value: Value, grid: EvalGrid): QueryData {
  if (value.kind === 'scalar') {
    const has = new Uint8Array(grid.length).fill(1)
    return matrixAnswer([{ labels: [], values: value.values, has }], grid)
  }
  if (value.kind === 'vector') return matrixAnswer(sortByLabels(value.lines), grid)
  throw new PrometheusError(
    'bad_data',
    `a query over a time gives a scalar or an instant vector, not a ${value.kind === 'text' ? 'string' : 'range vector'}`,
  )
}

function matrixAnswer(lines: readonly Line[], grid: EvalGrid): QueryData {
  checkSize(lines.length * grid.length)
  const result = lines.map(({ labels, values, has }) => ({
    metric: toRecord(labels),
    values: wireSamples(values, (index) => (has[index] === 1 ? momentOf(grid, index) : undefined)),
  }))
  return { resultType: 'matrix', result: result.filter(({ values }) => values.length > 0) }
}

async function samplesAnswer(
  { series, rangeMs, offsetMs, atMs }: RangeValue,
  grid: EvalGrid,
): Promise<QueryData> {
  const toMs = (atMs ?? grid.startMs) - offsetMs
  const answered: SampledSeries[] = []
  let samples = 0
  for await (const one of series) {
    samples += one.times.length
    checkSize(samples)
    answered.push(one)
  }
  const result = sortByLabels(answered).map(({ labels, times, values }) => ({
    metric: toRecord(labels),
    values: wireSamples(values, (index) => {
      const time = times[index] ?? NaN
      return time > toMs - rangeMs && time <= toMs ? time : undefined
    }),
  }))
  return { resultType: 'matrix', result: result.filter(({ values }) => values.length > 0) }
}

/** The values whose moment (Unix milliseconds) is told. */
function wireSamples(
  values: Float64Array,
  momentAt: (index: number) => number | undefined,
): readonly WireSample[] {
  const samples: WireSample[] = []
  for (const [index, value] of values.entries()) {
    const moment = momentAt(index)
    if (moment !== undefined) samples.push([moment / 1000, formatNumber(value)])
  }
  return samples
}

function checkSize(points: number): void {
  if (points <= promLimits.maxAnswerPoints) return
  throw new PrometheusError(
    'execution',
    `the answer would have more than ${promLimits.maxAnswerPoints} points; aggregate, or ask for a longer step`,
  )
}

function sortByLabels<Labelled extends { readonly labels: Labels }>(
  lines: readonly Labelled[],
): readonly Labelled[] {
  const keyed = lines.map((line) => ({ line, key: keyOf(line.labels) }))
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ line }) => line)
}

/** Labels as an object. */
export function toRecord(labels: Labels): Readonly<Record<string, string>> {
  return Object.fromEntries(labels)
}
