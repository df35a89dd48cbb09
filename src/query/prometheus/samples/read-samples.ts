import { readBinaryRows } from '../../metrics/read-rows.ts'
import type { SqlParameters } from '../../sql-parameters.ts'
import { explainStore } from './ask-store.ts'
import type { TierRead } from './plan-reads.ts'
import { seriesCondition, type SeriesScope } from './series-sql.ts'
import type { ReadClient } from '../../scope/read-client.ts'

/**
 * What is wanted of the points. `every`: each point, or the last of each interval of a rollup; `newest`: the newest point
 * of each interval of the grid at its own time; all others: one number for each interval of the grid, at its end.
 */
export type Reading = 'every' | 'newest' | 'last' | 'min' | 'max' | 'sum' | 'count' | 'mean'

/** Intervals that the engine makes one number of: each ends at a whole multiple of the step away from `endMs`. */
export interface ReadGrid {
  readonly endMs: number
  readonly stepMs: number
}

/** Points of one stored series in order of time; `weights` says how many points each value is the sum of. */
export interface SampleRun {
  /** Unix milliseconds. */
  readonly times: Float64Array
  readonly values: Float64Array
  readonly weights?: Float64Array
}

export interface SampleQuestion {
  readonly metrics: readonly string[]
  readonly ids: readonly string[]
  /** What finds these ids and no others, where there may be many. */
  readonly found?: { readonly scope: SeriesScope; readonly kinds: readonly string[] }
  readonly reading: Reading
  readonly grid: ReadGrid
  /** Unix milliseconds: samples later than this … */
  readonly afterMs: number
  /** … up to and with this. */
  readonly toMs: number
}

/** The samples of one table by the id of their series. */
export async function readSamples(
  client: ReadClient,
  question: SampleQuestion,
  read: TierRead,
): Promise<ReadonlyMap<string, SampleRun>> {
  const rows = await explainStore(() =>
    readBinaryRows(
      client,
      (parameters) => samplesSql(question, read, parameters),
      (reader): [string, SampleRun] => {
        const id = reader.text()
        const run = { times: reader.reals(), values: reader.reals() }
        return [id, question.reading === 'mean' ? { ...run, weights: reader.reals() } : run]
      },
    ),
  )
  return new Map(rows)
}

/**
 * A row of a rollup stands for the last moment of its interval: what it says was known only then. So a window that ends
 * where an interval ends holds all of it, as it holds the points themselves.
 */
function samplesSql(question: SampleQuestion, read: TierRead, parameters: SqlParameters): string {
  const { reading, grid, metrics } = question
  const isRaw = read.table === 'points_1s'
  const moment = isRaw
    ? 'toUnixTimestamp64Milli(time)'
    : `toInt64(toUnixTimestamp(time)) * 1000 + ${read.stepMs - 1}`
  // A rollup's newest row holds for as long as its interval is.
  const afterMs = question.afterMs - (reading === 'newest' && !isRaw ? read.stepMs : 0)
  const points = `SELECT id, ${moment} AS moment, ${columnsOf(reading, isRaw)}
      FROM vigie.${read.table} FINAL
      WHERE metric IN ${parameters.texts(metrics)}
        AND time >= fromUnixTimestamp64Milli(${parameters.whole(read.fromMs)}, 'UTC')
        AND time < fromUnixTimestamp64Milli(${parameters.whole(read.toMs)}, 'UTC')
        AND id IN (${idsSql(question, parameters)})
        AND moment > ${parameters.whole(afterMs)} AND moment <= ${parameters.whole(question.toMs)}`
  const rows = reading === 'every' ? everySql(points) : bucketsSql(reading, grid, points)
  const isMean = reading === 'mean'
  return `SELECT toString(id), samples.1, samples.2${isMean ? ', samples.3' : ''}
    FROM (
      SELECT id, arraySort(groupArray(tuple(toFloat64(at), value${isMean ? ', weight' : ''}))) AS samples
      FROM (${rows}) GROUP BY id
    )`
}

/** So many are named one by one; more are looked up again. */
const namedIds = 500

function idsSql({ ids, found }: SampleQuestion, parameters: SqlParameters): string {
  if (ids.length <= namedIds || found === undefined) return ids.map((id) => BigInt(id)).join(', ')
  const condition = seriesCondition(found.scope, parameters)
  return `SELECT id FROM vigie.series WHERE kind IN ${parameters.texts(found.kinds)} AND ${condition}`
}

/** `point` and `points`: the number of a row that a reading starts from, and how many points it stands for. */
function columnsOf(reading: Reading, isRaw: boolean): string {
  if (isRaw) return 'value AS point, 1. AS points'
  return `${rollupColumn(reading)} AS point, toFloat64(count) AS points`
}

function rollupColumn(reading: Reading): string {
  if (reading === 'min' || reading === 'max' || reading === 'sum') return reading
  return reading === 'mean' ? 'sum' : 'last'
}

function everySql(points: string): string {
  return `SELECT id, moment AS at, point AS value, points AS weight FROM (${points})`
}

function bucketsSql(reading: Reading, { endMs, stepMs }: ReadGrid, points: string): string {
  const end = ((endMs % stepMs) + stepMs) % stepMs
  const bucket = `intDiv(moment - ${end} + ${stepMs - 1}, ${stepMs}) * ${stepMs} + ${end}`
  return `SELECT id, ${reading === 'newest' ? 'max(moment)' : 'bucket'} AS at, ${bucketValue(reading)} AS value,
      sum(points) AS weight
    FROM (SELECT id, moment, point, points, ${bucket} AS bucket FROM (${points}))
    GROUP BY id, bucket`
}

function bucketValue(reading: Reading): string {
  switch (reading) {
    case 'min':
    case 'max':
      return `${reading}(point)`
    case 'sum':
    case 'mean':
      return 'sum(point)'
    case 'count':
      return 'sum(points)'
    case 'newest':
    case 'last':
    case 'every':
      return 'argMax(point, moment)'
  }
}
