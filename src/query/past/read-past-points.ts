import { liveMetricNames } from '../../store/live-figures.ts'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import type { StoredSeries } from '../../store/store.ts'
import { readBinaryRows } from '../metrics/read-rows.ts'
import { tierRanges, type TierRange } from '../metrics/tier-ranges.ts'
import type { ReadClient } from '../scope/read-client.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import type { PastGrid } from './choose-past-grid.ts'

/** The figures of one series, each at its place: first those of the lead, then one for each frame; NaN where none is. */
export interface PastPoints {
  readonly series: StoredSeries
  readonly values: Float64Array
  /** How many points each figure is the mean of; absent where all are of equally many. */
  readonly counts?: Float64Array
}

/** What an agent tells of its own cost, and by which a Datadog Agent tells that it runs. */
export const agentMetrics = {
  cpu: 'vigie.agent.cpu.usage',
  memory: 'vigie.agent.mem.rss',
  running: 'datadog.agent.running',
} as const

const metrics = [...liveMetricNames, ...Object.values(agentMetrics)]
/** A series is written again once a day while points of it come. */
const seriesAgeS = 2 * 86_400

/** Places of the lead; those of frames follow. */
export function leadPlaces({ leadS, resolutionS }: PastGrid): number {
  return leadS / resolutionS
}

/**
 * The moment (Unix milliseconds) before which all that belongs to a second of the grid has come: a point belongs to its
 * second, a row that was rolled up to the time from its own on.
 */
export function endOfMoment({ resolutionS }: PastGrid, timeS: number): number {
  return (resolutionS === 1 ? timeS + 1 : timeS) * 1000
}

/** Which figures are read. */
interface PointsQuestion {
  readonly grid: PastGrid
  readonly tiers: TierStates
  /** Whether the client has only a part of all series. */
  readonly isNarrowed: boolean
}

/** The figures of all that the live table shows. */
export async function readPastPoints(
  client: ReadClient,
  question: PointsQuestion,
): Promise<readonly PastPoints[]> {
  const [series, found] = await Promise.all([
    readSeries(client, question.grid),
    readBinaryRows(
      client,
      (parameters) => pointsSql(question, parameters),
      (reader) => ({ id: reader.text(), values: reader.reals(), counts: reader.reals() }),
    ),
  ])
  return found.flatMap(({ id, values, counts }) => {
    const known = series.get(id)
    if (known === undefined) return []
    return { series: known, values, ...(counts.length > 0 && { counts }) }
  })
}

async function readSeries(
  client: ReadClient,
  { fromS }: PastGrid,
): Promise<ReadonlyMap<string, StoredSeries>> {
  const rows = await readBinaryRows(
    client,
    // What says where a figure goes; other tags are as many bytes again for nothing.
    (parameters) => `SELECT toString(id), metric, host, interval_s,
      arrayFilter(tag -> startsWith(tag, 'container_id:') OR startsWith(tag, 'device:'), tags)
    FROM vigie.series FINAL
    WHERE metric IN ${parameters.texts(metrics)} AND kind != 'distribution'
      AND seen >= toDateTime(${parameters.whole(fromS - seriesAgeS)}, 'UTC')`,
    (reader) => ({
      id: reader.text(),
      metric: reader.text(),
      host: reader.text(),
      intervalS: reader.whole(),
      tags: reader.texts(),
    }),
  )
  return new Map(
    rows.map(({ id, ...row }) => [id, { ...row, id: BigInt(id), kind: 'gauge' as const }]),
  )
}

/**
 * One row for each series: its id, the mean of each place, and, unless they are all as many, how many points it is of. Of
 * seconds these are one each, and are not counted: that would take the engine as long again as the means.
 */
function pointsSql({ grid, tiers, isNarrowed }: PointsQuestion, parameters: SqlParameters): string {
  const { fromS, leadS, stepS, resolutionS, frames } = grid
  const startMs = endOfMoment(grid, fromS - leadS)
  const middleMs = endOfMoment(grid, fromS)
  const lead = leadPlaces(grid)
  const length = lead + frames
  const ranges = joinRanges([
    ...tierRanges({ startMs, intervalMs: resolutionS * 1000, length: lead }, tiers),
    ...tierRanges({ startMs: middleMs, intervalMs: stepS * 1000, length: frames }, tiers),
  ])
  const whose = isNarrowed
    ? `AND id GLOBAL IN (SELECT id FROM vigie.series WHERE metric IN ${parameters.texts(metrics)})`
    : ''
  const rows = ranges.map(
    ({ table, fromMs, toMs }) => `
      SELECT id, toUnixTimestamp64Milli(toDateTime64(time, 3)) AS ms,
        ${table === 'points_1s' ? 'value AS sum, 1 AS count' : 'sum, count'}
      FROM vigie.${table} FINAL
      PREWHERE time >= fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND time < fromUnixTimestamp64Milli(${toMs}, 'UTC')
        AND metric IN ${parameters.texts(metrics)} ${whose}`,
  )
  const place = `toUInt32(if(ms < ${middleMs}, intDiv(ms - ${startMs}, ${resolutionS * 1000}),
    ${lead} + intDiv(ms - ${middleMs}, ${stepS * 1000})))`
  const placed = `(SELECT id, ${place} AS place, sum, count FROM (${rows.join(' UNION ALL ')}))`
  if (ranges.every(({ table }) => table === 'points_1s'))
    return `SELECT toString(id), avgResample(0, ${length}, 1)(sum, place), emptyArrayFloat64() FROM ${placed} GROUP BY id`
  return `SELECT toString(id), arrayMap((sum, count) -> sum / count, sums, counts),
      if(arrayUniq(arrayFilter(count -> count > 0, counts)) <= 1, [], arrayMap(count -> toFloat64(count), counts))
    FROM (SELECT id, sumResample(0, ${length}, 1)(sum, place) AS sums, sumResample(0, ${length}, 1)(count, place) AS counts
      FROM ${placed} GROUP BY id)`
}

/** Times of one table that follow one another are read at once: what lies around them is unpacked once. */
function joinRanges(ranges: readonly TierRange[]): readonly TierRange[] {
  const joined: TierRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last?.table !== range.table || last.toMs !== range.fromMs) joined.push(range)
    else joined[joined.length - 1] = { ...last, toMs: range.toMs }
  }
  return joined
}
