import type { LiveTarget } from '../store/live-table.ts'
import type { PointList } from '../wire/datadog-series/point-list.ts'
import { judgeTime, type Intake } from './intake.ts'

/**
 * Shows points live, then stores them. Points that are no number, too old or far in the future are dropped and counted.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takePoints(intake: Intake, points: PointList<LiveTarget>): Promise<void> {
  const targets = keepGood(intake, points)
  intake.counts.add('points', targets.length)
  if (targets.length === 0) return
  const timesMs = points.timesS.subarray(0, targets.length).map((timeS) => timeS * 1000)
  const values = points.values.subarray(0, targets.length)
  intake.live.record(targets, { timesMs, values })
  await intake.store.write({
    points: { series: targets.map(({ series }) => series), timesMs, values },
  })
}

/** Moves the good points to the front, with whole seconds as times; gives where they go. */
function keepGood(intake: Intake, points: PointList<LiveTarget>): LiveTarget[] {
  const nowMs = intake.clock()
  const targets: LiveTarget[] = []
  let dropped: Map<string, number> | undefined
  for (let n = 0; n < points.length; n++) {
    const target = points.series[n]
    if (target === undefined) continue
    const value = points.values[n] ?? Number.NaN
    const timeS = Math.floor(points.timesS[n] ?? 0)
    const fault = Number.isFinite(value) ? judgeTime(timeS * 1000, intake, nowMs) : 'not_a_number'
    if (fault !== 'good') {
      dropped ??= new Map()
      dropped.set(fault, (dropped.get(fault) ?? 0) + 1)
      continue
    }
    points.timesS[targets.length] = timeS
    points.values[targets.length] = value
    targets.push(target)
  }
  for (const [fault, count] of dropped ?? []) intake.counts.add(`points_dropped.${fault}`, count)
  return targets
}
