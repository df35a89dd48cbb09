import { mergeSketches } from '../model/sketch/merge-sketches.ts'
import type { SketchRecord, StoredSeries } from '../store/store.ts'
import type { SketchOf } from '../wire/datadog-sketches/decode-sketches.ts'
import { judgeTime, type Intake } from './intake.ts'

/**
 * Stores the sketches of one payload. Those with sums that are no number, too old or far in the future are dropped and
 * counted. Two of one series and time become one: names and tags that differ may be the same once they are normalised,
 * and the store keeps one sketch for each.
 * @returns How many were dropped.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takeSketches(
  intake: Intake,
  decoded: readonly SketchOf<StoredSeries>[],
): Promise<number> {
  const nowMs = intake.clock()
  let dropped = 0
  const bySeries = new Map<bigint, Map<number, SketchRecord>>()
  for (const sketch of decoded) {
    const timeMs = Math.floor(sketch.timeS) * 1000
    const fault = judge(sketch, timeMs, { intake, nowMs })
    if (fault !== 'good') {
      intake.counts.add(`sketches_dropped.${fault}`, 1)
      dropped += 1
      continue
    }
    intake.counts.add('sketches', 1)
    add(bySeries, { ...sketch, timeMs })
  }
  const sketches = [...bySeries.values()].flatMap((byTime) => [...byTime.values()])
  if (sketches.length > 0) await intake.store.write({ sketches })
  return dropped
}

function judge(
  { min, max, sum }: SketchOf<StoredSeries>,
  timeMs: number,
  { intake, nowMs }: { readonly intake: Intake; readonly nowMs: number },
): 'good' | 'old' | 'future' | 'not_a_number' {
  if (![min, max, sum].every(Number.isFinite)) return 'not_a_number'
  return judgeTime(timeMs, { retentionMs: intake.sketchesRetentionMs }, nowMs)
}

function add(bySeries: Map<bigint, Map<number, SketchRecord>>, sketch: SketchRecord): void {
  const byTime = bySeries.get(sketch.series.id) ?? new Map<number, SketchRecord>()
  const known = byTime.get(sketch.timeMs)
  const merged = known === undefined ? sketch : { ...sketch, ...mergeSketches(known, sketch) }
  byTime.set(sketch.timeMs, merged)
  bySeries.set(sketch.series.id, byTime)
}
