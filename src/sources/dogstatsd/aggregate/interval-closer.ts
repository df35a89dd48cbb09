import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { BinList } from './bin-list.ts'
import type { Bucket } from './bucket.ts'
import type { ContextGroups } from './context-groups.ts'
import { ContextMerger } from './context-merger.ts'
import { typeNumbers, type ContextTable } from './context-table.ts'
import { HistogramFigures } from './histogram-figures.ts'
import type { Outbox } from './outbox.ts'
import { PartBuilder } from './part-builder.ts'
import { figureDoubles, rowDoubles, sumAt, weightAt } from './row.ts'
import { SampleList } from './sample-list.ts'
import type { Tally } from './tally.ts'

export interface IntervalCloserParts {
  readonly settings: DogstatsdSettings
  readonly contexts: ContextTable
  readonly groups: ContextGroups
  readonly outbox: Outbox
  readonly tally: Tally
}

/** Contexts without samples take so much less time than those with some. */
const idlePerTold = 16

/** Tells what was added up in an interval that is over, context by context, and notes which of them nothing is heard of. */
export class IntervalCloser {
  readonly #parts: IntervalCloserParts
  readonly #merger: ContextMerger
  readonly #figures: HistogramFigures
  readonly #builder = new PartBuilder()
  readonly #samples: SampleList
  readonly #bins = new BinList()
  /** Numbers of the context that is being told. */
  readonly #row = new Float64Array(figureDoubles)
  readonly #numbers: Float64Array<ArrayBuffer>
  #bucket: Bucket | undefined
  #next = 0
  #end = 0
  #told = 0
  #dying = 0

  constructor(parts: IntervalCloserParts) {
    const { settings, contexts, tally } = parts
    const { histogramSamples } = settings.limits
    this.#parts = parts
    this.#merger = new ContextMerger(contexts, tally, histogramSamples)
    this.#figures = new HistogramFigures(settings.histogram)
    this.#samples = new SampleList(histogramSamples)
    this.#numbers = new Float64Array(this.#figures.count)
  }

  get isBusy(): boolean {
    return this.#bucket !== undefined
  }

  /** Contexts of the interval told last that are to be forgotten. */
  get dying(): number {
    return this.#dying
  }

  start(bucket: Bucket): void {
    this.#bucket = bucket
    this.#next = 0
    this.#end = this.#parts.contexts.top
    this.#dying = 0
  }

  /** Makes one message of at most so many contexts. */
  step(maxContexts: number): void {
    const bucket = this.#bucket
    if (bucket === undefined) return
    const stopAt = Math.min(this.#end, this.#next + maxContexts * idlePerTold)
    this.#told = 0
    while (this.#next < stopAt && this.#told < maxContexts) {
      this.#visit(bucket, this.#next)
      this.#next += 1
    }
    const isLast = this.#next === this.#end
    if (isLast) {
      bucket.clear()
      this.#bucket = undefined
    }
    if (isLast || this.#told > 0) this.#parts.outbox.push(this.#builder.take(bucket.startS, isLast))
  }

  #visit(bucket: Bucket, context: number): void {
    const { contexts, groups } = this.#parts
    const type = contexts.types[context] ?? 0
    if (type === 0) return
    if (groups.headOf(context) === context) {
      const lastS = this.#gather(bucket, context)
      if (bucket.isTouched(context)) this.#tell(bucket, context, type)
      else if (type === typeNumbers.count && this.#isZero(bucket.startS, lastS))
        this.#tellZero(context)
    }
    if (!bucket.isTouched(context)) this.#expire(context, bucket.startS)
  }

  /** Adds the others of its group to a context. @returns When one of them last had samples. */
  #gather(bucket: Bucket, head: number): number {
    const { contexts, groups } = this.#parts
    const { sampledS } = contexts
    if (bucket.isTouched(head)) sampledS[head] = bucket.startS
    let lastS = sampledS[head] ?? 0
    for (let member = groups.nextOf(head); member >= 0; member = groups.nextOf(member)) {
      if (bucket.isTouched(member)) {
        sampledS[member] = bucket.startS
        this.#merger.merge(bucket, member, head)
        this.#told += 1
      }
      lastS = Math.max(lastS, sampledS[member] ?? 0)
    }
    return lastS
  }

  /** Whether a count without samples is told as 0. */
  #isZero(startS: number, lastS: number): boolean {
    return lastS > 0 && startS - lastS <= this.#parts.settings.counterExpiryS
  }

  #tellZero(context: number): void {
    this.#builder.addNumber(context, 0)
    this.#told += 1
  }

  #tell(bucket: Bucket, context: number, type: number): void {
    const from = context * rowDoubles
    for (let at = 0; at < figureDoubles; at += 1) this.#row[at] = bucket.rows[from + at] ?? 0
    const sum = this.#row[sumAt] ?? 0
    this.#told += 1
    switch (type) {
      case typeNumbers.histogram:
        this.#tellHistogram(bucket, context)
        break
      case typeNumbers.distribution:
        bucket.sketches.take(context, this.#bins)
        if (this.#isInRange(sum)) this.#builder.addSketch(context, this.#row, this.#bins)
        break
      case typeNumbers.set:
        this.#builder.addNumber(context, sum)
        break
      default:
        if (this.#isInRange(sum)) this.#builder.addNumber(context, sum)
    }
    bucket.clearRow(context)
  }

  #tellHistogram(bucket: Bucket, context: number): void {
    const isSketched = bucket.isSketched(context)
    const ranking = isSketched ? this.#bins : this.#samples
    if (isSketched) {
      bucket.sketches.take(context, this.#bins)
    } else {
      bucket.samples.take(context, this.#samples)
      this.#samples.sort(this.#samples.length !== this.#row[weightAt])
    }
    if (!this.#isInRange(this.#row[sumAt] ?? 0)) return
    if (!this.#isInRange(this.#row[weightAt] ?? 0)) return
    this.#figures.make(this.#row, ranking, this.#numbers)
    this.#builder.addNumbers(context, this.#numbers)
  }

  /** Sums and counts beyond the largest number are no figures: nothing is told of them, but that they were bad. */
  #isInRange(figure: number): boolean {
    if (Number.isFinite(figure)) return true
    this.#parts.tally.badMetrics += 1
    return false
  }

  #expire(context: number, startS: number): void {
    const { contexts, settings } = this.#parts
    const sampledS = contexts.sampledS[context] ?? 0
    const lastS = Math.max(sampledS, contexts.heardS[context] ?? 0)
    const isZeroFilled = contexts.types[context] === typeNumbers.count && sampledS > 0
    const keptS = isZeroFilled
      ? Math.max(settings.counterExpiryS, settings.contextExpiryS)
      : settings.contextExpiryS
    if (startS - lastS < keptS) return
    contexts.isDying[context] = 1
    this.#dying += 1
  }
}
