import type { Bucket } from './bucket.ts'
import type { ContextTable } from './context-table.ts'
import { figureDoubles, maxAt, minAt, orderAt, rowDoubles, sumAt, weightAt } from './row.ts'
import { spill } from './sample-adder.ts'
import { SampleList } from './sample-list.ts'
import type { Tally } from './tally.ts'

/** Adds what a context had in an interval to another one of the same type, as if all samples had been of that one. */
export class ContextMerger {
  readonly #contexts: ContextTable
  readonly #tally: Tally
  readonly #samples: SampleList

  /** @param maxSamples Of one histogram, that are kept one by one. */
  constructor(contexts: ContextTable, tally: Tally, maxSamples: number) {
    this.#contexts = contexts
    this.#tally = tally
    this.#samples = new SampleList(maxSamples)
  }

  /** Nothing is left of `from` in the interval afterwards. */
  merge(bucket: Bucket, from: number, into: number): void {
    const [fromRow, intoRow] = [from * rowDoubles, into * rowDoubles]
    switch (this.#contexts.typeOf(from)) {
      case 'count':
        addUp(bucket.rows, fromRow, intoRow)
        break
      case 'gauge':
        mergeGauge(bucket.rows, fromRow, intoRow)
        break
      case 'set':
        mergeSet(bucket, from, into)
        break
      case 'histogram':
        this.#mergeSamples(bucket, from, into)
        mergeSummary(bucket.rows, fromRow, intoRow)
        break
      case 'distribution':
        bucket.sketches.merge(from, into)
        mergeSummary(bucket.rows, fromRow, intoRow)
        break
      case undefined:
    }
    bucket.clearRow(from)
  }

  #mergeSamples(bucket: Bucket, from: number, into: number): void {
    const { samples, sketches } = bucket
    const isAnySketched = bucket.isSketched(from) || bucket.isSketched(into)
    const count = samples.countOf(from) + samples.countOf(into)
    if (isAnySketched || !samples.hasRoom(count)) {
      for (const context of [from, into]) {
        if (!bucket.isSketched(context))
          this.#tally.binsFull += spill(bucket, context, this.#samples)
      }
      sketches.merge(from, into)
      return
    }
    samples.take(from, this.#samples)
    for (let at = 0; at < this.#samples.length; at += 1) {
      // There is room: the chunks that were just given back are enough.
      const place = samples.add(into, this.#samples.values, at)
      const weight = this.#samples.weights[at] ?? 1
      if (weight !== 1) samples.setWeight(place, weight)
    }
  }
}

function addUp(rows: Float64Array, from: number, into: number): void {
  rows[into + sumAt] = (rows[into + sumAt] ?? 0) + (rows[from + sumAt] ?? 0)
  rows[into + weightAt] = (rows[into + weightAt] ?? 0) + (rows[from + weightAt] ?? 0)
}

/** The value that came last. */
function mergeGauge(rows: Float64Array, from: number, into: number): void {
  const isLater = (rows[from + orderAt] ?? 0) > (rows[into + orderAt] ?? 0)
  if (isLater) rows.copyWithin(into, from, from + figureDoubles)
}

function mergeSet({ rows, members }: Bucket, from: number, into: number): void {
  const row = into * rowDoubles
  rows[row + sumAt] = (rows[row + sumAt] ?? 0) + members.merge(from, into)
  rows[row + weightAt] = (rows[row + weightAt] ?? 0) + (rows[from * rowDoubles + weightAt] ?? 0)
}

function mergeSummary(rows: Float64Array, from: number, into: number): void {
  if (rows[into + weightAt] === 0) {
    rows.copyWithin(into, from, from + figureDoubles)
    return
  }
  addUp(rows, from, into)
  rows[into + minAt] = Math.min(rows[into + minAt] ?? 0, rows[from + minAt] ?? 0)
  rows[into + maxAt] = Math.max(rows[into + maxAt] ?? 0, rows[from + maxAt] ?? 0)
}
