import type { LiveTarget } from '../store/live-table.ts'
import type { PointColumns, StoredSeries } from '../store/store.ts'
import type { PointList } from '../wire/datadog-series/point-list.ts'
import { judgeTime, type Intake } from './intake.ts'

/** What became of points. */
export interface TakenPoints {
  /** How many are stored. */
  readonly stored: number
  /** How many are not, by reason: `old`, `future`, `not_a_number`. */
  readonly dropped: ReadonlyMap<PointFault, number>
}

/** Why a point is dropped. */
export type PointFault = 'old' | 'future' | 'not_a_number'

/**
 * Shows points live, then stores them. Points that are no number, too old or far in the future are dropped and counted.
 * @param points Used up: the good ones become the columns that are stored, in the same memory.
 * @param stepMs Times are cut to a multiple of this: to whole seconds, which is what Datadog's routes carry, unless it says
 *   otherwise.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takePoints(
  intake: Intake,
  points: PointList<LiveTarget>,
  stepMs = 1000,
): Promise<TakenPoints> {
  const { targets, columns, dropped } = keepGood(intake, points, stepMs)
  for (const [fault, count] of dropped) intake.counts.add(`points_dropped.${fault}`, count)
  const stored = targets.length
  intake.counts.add('points', stored)
  if (stored === 0) return { stored, dropped }
  intake.live.record(targets, columns)
  await intake.store.write({ points: columns })
  return { stored, dropped }
}

interface GoodPoints {
  /** Where each goes. */
  readonly targets: readonly LiveTarget[]
  readonly columns: PointColumns
  readonly dropped: ReadonlyMap<PointFault, number>
}

function keepGood(intake: Intake, points: PointList<LiveTarget>, stepMs: number): GoodPoints {
  const nowMs = intake.clock()
  const targets: LiveTarget[] = []
  const series: StoredSeries[] = []
  const { timesS, values } = points
  const dropped = new Map<PointFault, number>()
  for (let n = 0; n < points.length; n++) {
    const target = points.series[n]
    if (target === undefined) continue
    const value = values[n] ?? Number.NaN
    // Rounded first: a time of 1.001 s is 1000.9999999999999 ms.
    const timeMs = Math.floor(Math.round((timesS[n] ?? 0) * 1000) / stepMs) * stepMs
    const fault = Number.isFinite(value) ? judgeTime(timeMs, intake, nowMs) : 'not_a_number'
    if (fault !== 'good') {
      dropped.set(fault, (dropped.get(fault) ?? 0) + 1)
      continue
    }
    timesS[targets.length] = timeMs
    values[targets.length] = value
    targets.push(target)
    series.push(target.series)
  }
  const { length } = targets
  const columns = {
    series,
    timesMs: timesS.subarray(0, length),
    values: values.subarray(0, length),
  }
  return { targets, columns, dropped }
}
