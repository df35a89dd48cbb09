import { sketchKey } from '../../../model/sketch/sketch-key.ts'
import type { Bucket } from './bucket.ts'
import {
  maxAt,
  minAt,
  orderAt,
  rowDoubles,
  rowInts,
  sampleCountAt,
  sketched,
  sumAt,
  weightAt,
} from './row.ts'
import { SampleList } from './sample-list.ts'
import type { Tally } from './tally.ts'

/**
 * So many values a single one may stand for where values are ranked, in a bin or among samples: what fits into a small
 * integer. The Datadog Agent has 2^63 - 1, and no meaning for rates that are beyond it.
 */
const maxRankWeight = 2 ** 31 - 1

/**
 * Adds the values of a message to the open interval. They lie in `values`, and what is made of their sample rate in fields:
 * numbers that are handed over one by one would become objects, millions of them.
 */
export class SampleAdder {
  /** What is added is a part of it. */
  values = new Float64Array(1)
  /** `[1 / rate, the whole part of it]` */
  readonly #scale = Float64Array.of(1, 1)
  #rankWeight = 1
  #bucket: Bucket
  #order = 0
  readonly #tally: Tally
  readonly #spilled: SampleList

  /** @param maxSamples Of one histogram, that are kept one by one. */
  constructor(bucket: Bucket, tally: Tally, maxSamples: number) {
    this.#bucket = bucket
    this.#tally = tally
    this.#spilled = new SampleList(maxSamples)
  }

  /** From now on all is added to this interval. */
  open(bucket: Bucket): void {
    this.#bucket = bucket
  }

  /** Fetches the row of a context, of which it may be that it is not there. @returns What is in it. */
  touch(context: number): number {
    return context < 0 ? 0 : (this.#bucket.links[context * rowInts + sampleCountAt] ?? 0)
  }

  /** @param rate Above 0 and at most 1; holds until it is set again. */
  setRate(rate: number): void {
    const scale = Math.min(1 / rate, Number.MAX_VALUE)
    this.#scale[0] = scale
    this.#scale[1] = Math.trunc(scale)
    this.#rankWeight = Math.min(Math.trunc(scale), maxRankWeight)
  }

  addCount(context: number, from: number, to: number): void {
    const { rows } = this.#bucket
    const { values } = this
    const row = context * rowDoubles
    const scale = this.#scale[0] ?? 1
    let sum = rows[row + sumAt] ?? 0
    for (let at = from; at < to; at += 1) sum += (values[at] ?? 0) * scale
    rows[row + sumAt] = sum
    rows[row + weightAt] = (rows[row + weightAt] ?? 0) + to - from
  }

  addGauge(context: number, from: number, to: number): void {
    const { rows } = this.#bucket
    const row = context * rowDoubles
    this.#order += 1
    rows[row + sumAt] = this.values[to - 1] ?? 0
    rows[row + weightAt] = (rows[row + weightAt] ?? 0) + to - from
    rows[row + orderAt] = this.#order
  }

  addMember(context: number, high: number, low: number): void {
    const { rows, members } = this.#bucket
    const added = members.add(context, high, low)
    if (added < 0) {
      this.#tally.membersFull += 1
      return
    }
    const row = context * rowDoubles
    rows[row + sumAt] = (rows[row + sumAt] ?? 0) + added
    rows[row + weightAt] = (rows[row + weightAt] ?? 0) + 1
  }

  /** @see `Histogram.addSample` in `pkg/metrics/histogram.go` of the Datadog Agent */
  addHistogram(context: number, from: number, to: number): void {
    const bucket = this.#bucket
    const { samples } = bucket
    for (let at = from; at < to; at += 1) {
      if (bucket.isSketched(context)) {
        this.#addBin(context, at)
      } else {
        const place = samples.add(context, this.values, at)
        if (place < 0) this.#spill(context, at)
        else if (this.#rankWeight !== 1) samples.setWeight(place, this.#rankWeight)
      }
      this.#addToRow(context, at)
    }
  }

  /** @see `Agent.Insert` in `pkg/util/quantile/agent.go` of the Datadog Agent */
  addDistribution(context: number, from: number, to: number): void {
    for (let at = from; at < to; at += 1) if (this.#addBin(context, at)) this.#addToRow(context, at)
  }

  #addToRow(context: number, at: number): void {
    const { rows } = this.#bucket
    const row = context * rowDoubles
    const value = this.values[at] ?? 0
    const weight = rows[row + weightAt] ?? 0
    if (weight === 0 || value < (rows[row + minAt] ?? 0)) rows[row + minAt] = value
    if (weight === 0 || value > (rows[row + maxAt] ?? 0)) rows[row + maxAt] = value
    rows[row + sumAt] = (rows[row + sumAt] ?? 0) + value * (this.#scale[0] ?? 1)
    rows[row + weightAt] = weight + (this.#scale[1] ?? 1)
  }

  #addBin(context: number, at: number): boolean {
    const key = sketchKey(this.values[at] ?? 0)
    const isAdded = this.#bucket.sketches.add(context, key, this.#rankWeight)
    if (!isAdded) this.#tally.binsFull += 1
    return isAdded
  }

  /** The samples of a histogram become bins, and so does the one for which there was no room. */
  #spill(context: number, at: number): void {
    this.#tally.binsFull += spill(this.#bucket, context, this.#spilled)
    this.#addBin(context, at)
  }
}

/**
 * Makes bins of the samples of a histogram.
 * @param list Used on the way.
 * @returns How many samples found no room.
 */
export function spill(bucket: Bucket, context: number, list: SampleList): number {
  bucket.samples.take(context, list)
  bucket.links[context * rowInts + sampleCountAt] = sketched
  let lost = 0
  for (let at = 0; at < list.length; at += 1) {
    const key = sketchKey(list.values[at] ?? 0)
    if (!bucket.sketches.add(context, key, list.weights[at] ?? 1)) lost += 1
  }
  return lost
}
