import type { SeriesKind } from '../model/series.ts'
import type { SketchValues } from '../model/sketch/merge-sketches.ts'
import type { LiveTarget } from '../store/live-table.ts'
import type { StoredSeries } from '../store/store.ts'
import { PointList } from '../wire/datadog-series/point-list.ts'
import type { SketchOf } from '../wire/datadog-sketches/decode-sketches.ts'
import type { PartialSuccess } from '../wire/otlp/export-answer.ts'
import type { SpreadBudget } from '../wire/otlp/spread-buckets.ts'
import type { CumulativeReadings } from './cumulative-table.ts'
import { identifyDistribution, identifySeries } from './identify-series.ts'
import type { Intake } from './intake.ts'
import { takePoints } from './take-points.ts'
import { takeSketches } from './take-sketches.ts'

/** Whose a point is, and of when. */
export interface OtlpPlace {
  readonly metric: string
  readonly host: string
  readonly tags: readonly string[]
  /** Tells what is counted from everything else that is. */
  readonly key: string
  /** Unix milliseconds; 0 where nobody says. */
  readonly startMs: number
  readonly timeMs: number
}

/** Why a point of an export is not kept. */
export type Rejection = 'late' | 'no_room' | 'malformed' | 'empty'

const sentences: Readonly<Record<Rejection, string>> = {
  late: 'that came before, or after a later one of the same count',
  no_room: 'for which there is no room: too many different series',
  malformed: 'whose buckets do not fit together, or that say nothing that can be kept',
  empty: 'of metrics without data',
}

/** Bins that the histograms of one export may touch: some 2,000 of a thousand bins each. */
const mostBins = 2_000_000

/** What of one export is to be stored, and what is not. */
export class OtlpExport {
  readonly readings: CumulativeReadings
  readonly budget: SpreadBudget = { bins: mostBins }
  readonly #intake: Intake
  readonly #points = new PointList<LiveTarget>()
  readonly #sketches: SketchOf<StoredSeries>[] = []
  readonly #rejected = new Map<Rejection, number>()

  constructor(intake: Intake, readings: CumulativeReadings) {
    this.#intake = intake
    this.readings = readings
  }

  addPoint(place: OtlpPlace, kind: SeriesKind, { value, sinceMs }: OtlpValue): void {
    const intervalS = kind === 'gauge' ? 0 : intervalOf(place.timeMs, sinceMs)
    const { metric, host, tags } = place
    const target = identifySeries(this.#intake, { metric, host, tags, kind, intervalS })
    if (target === undefined) {
      this.reject('no_room')
      return
    }
    const first = this.#points.length
    this.#points.add(place.timeMs / 1000, value)
    this.#points.setSeries(first, target)
  }

  addSketch(place: OtlpPlace, values: SketchValues, sinceMs: number): void {
    const { metric, host, tags, timeMs } = place
    const intervalS = intervalOf(timeMs, sinceMs)
    const series = identifyDistribution(this.#intake, { metric, host, tags, intervalS })
    if (series === undefined) this.reject('no_room')
    else {
      const [keys, counts] = [Int16Array.from(values.keys), Uint32Array.from(values.counts)]
      this.#sketches.push({ ...values, keys, counts, series, timeS: timeMs / 1000 })
    }
  }

  reject(reason: Rejection): void {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1)
  }

  countExemplars(count: number): void {
    this.#intake.counts.add('exemplars_ignored', count)
  }

  /**
   * Stores what is to be stored, and tells what was not.
   * @throws {StoreBusyError} When the store cannot take it now; what was counted is as before then.
   */
  async store(): Promise<PartialSuccess> {
    const faults = new Map<string, number>()
    for (const [reason, count] of this.#rejected) {
      this.#intake.counts.add(`points_dropped.${reason}`, count)
      faults.set(sentences[reason], count)
    }
    try {
      const { dropped } = await takePoints(this.#intake, this.#points, 1)
      const lost = [...dropped.values()].reduce((sum, count) => sum + count, 0)
      const sketches = await takeSketches(this.#intake, this.#sketches)
      if (lost + sketches > 0)
        faults.set('that are no number, too old or too far ahead', lost + sketches)
    } catch (error) {
      this.readings.takeBack()
      throw error
    }
    return tellRejected(faults)
  }
}

/** A number, and since when it was counted, in Unix milliseconds. */
export interface OtlpValue {
  readonly value: number
  readonly sinceMs: number
}

function tellRejected(faults: ReadonlyMap<string, number>): PartialSuccess {
  const rejected = [...faults.values()].reduce((sum, count) => sum + count, 0)
  if (rejected === 0) return { rejected, sentence: '' }
  const parts = [...faults].map(([sentence, count]) => `${count} ${sentence}`)
  return { rejected, sentence: `Not kept are points: ${parts.join(', ')}` }
}

/** Whole seconds; 0 where nobody says. */
function intervalOf(timeMs: number, sinceMs: number): number {
  if (sinceMs <= 0 || sinceMs >= timeMs) return 0
  return Math.max(1, Math.min(Math.round((timeMs - sinceMs) / 1000), 2 ** 31))
}
