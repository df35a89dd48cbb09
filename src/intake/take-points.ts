import type { LiveTarget } from '../store/live-table.ts'
import type { PointColumns, StoredSeries } from '../store/store.ts'
import type { PointList } from '../wire/datadog-series/point-list.ts'
import { judgeTime, type Intake } from './intake.ts'

/**
 * Shows points live, then stores them. Points that are no number, too old or far in the future are dropped and counted.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takePoints(intake: Intake, points: PointList<LiveTarget>): Promise<void> {
  const { targets, columns } = keepGood(intake, points)
  intake.counts.add('points', targets.length)
  if (targets.length === 0) return
  intake.live.record(targets, columns)
  await intake.store.write({ points: columns })
}

interface GoodPoints {
  /** Where each goes. */
  readonly targets: readonly LiveTarget[]
  /** Their times are whole seconds. */
  readonly columns: PointColumns
}

function keepGood(intake: Intake, points: PointList<LiveTarget>): GoodPoints {
  const nowMs = intake.clock()
  const targets: LiveTarget[] = []
  const series: StoredSeries[] = []
  const timesMs = new Float64Array(points.length)
  const values = new Float64Array(points.length)
  let dropped: Map<string, number> | undefined
  for (let n = 0; n < points.length; n++) {
    const target = points.series[n]
    if (target === undefined) continue
    const value = points.values[n] ?? Number.NaN
    const timeMs = Math.floor(points.timesS[n] ?? 0) * 1000
    const fault = Number.isFinite(value) ? judgeTime(timeMs, intake, nowMs) : 'not_a_number'
    if (fault !== 'good') {
      dropped ??= new Map()
      dropped.set(fault, (dropped.get(fault) ?? 0) + 1)
      continue
    }
    timesMs[targets.length] = timeMs
    values[targets.length] = value
    targets.push(target)
    series.push(target.series)
  }
  for (const [fault, count] of dropped ?? []) intake.counts.add(`points_dropped.${fault}`, count)
  const { length } = targets
  const columns = {
    series,
    timesMs: timesMs.subarray(0, length),
    values: values.subarray(0, length),
  }
  return { targets, columns }
}
