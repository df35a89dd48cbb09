import {
  boundedExplicit,
  explicitBuckets,
  subtractExplicit,
  type ExplicitBuckets,
} from '../wire/otlp/explicit-buckets.ts'
import {
  boundedBuckets,
  exponentialBuckets,
  subtractExponential,
  type ExponentialBuckets,
} from '../wire/otlp/exponential-buckets.ts'
import type { ExponentialPoint, HistogramPoint } from '../wire/otlp/messages.ts'
import { spreadBuckets, type Bucket, type KnownFacts } from '../wire/otlp/spread-buckets.ts'
import type { OtlpExport, OtlpPlace } from './otlp-export.ts'

/** A point, and whether it tells of an interval only. */
export interface TemporalPoint<Point> {
  readonly point: Point
  readonly isDelta: boolean
}

/** A histogram becomes a distribution. */
export function mapExplicit(
  to: OtlpExport,
  { point, isDelta }: TemporalPoint<HistogramPoint>,
  place: OtlpPlace,
): void {
  const buckets = explicitBuckets(point)
  if (buckets === undefined) to.reject('malformed')
  else mapHistogram(to, { point, isDelta, buckets, form: explicitForm }, place)
}

/** An exponential histogram becomes a distribution. */
export function mapExponential(
  to: OtlpExport,
  { point, isDelta }: TemporalPoint<ExponentialPoint>,
  place: OtlpPlace,
): void {
  const buckets = exponentialBuckets(point)
  if (buckets === undefined) to.reject('malformed')
  else mapHistogram(to, { point, isDelta, buckets, form: exponentialForm }, place)
}

/** What can be done with buckets of one form. */
interface BucketForm<Buckets> {
  readonly subtract: (later: Buckets, earlier: Buckets) => Buckets | undefined
  readonly bounded: (buckets: Buckets) => Bucket[]
  readonly size: (buckets: Buckets) => number
}

const explicitForm: BucketForm<ExplicitBuckets> = {
  subtract: subtractExplicit,
  bounded: boundedExplicit,
  size: ({ bounds, counts }) => bounds.length + counts.length,
}

const exponentialForm: BucketForm<ExponentialBuckets> = {
  subtract: subtractExponential,
  bounded: boundedBuckets,
  size: ({ positive, negative }) => 8 + positive.counts.length + negative.counts.length,
}

interface Histogram<Buckets> {
  readonly point: HistogramPoint | ExponentialPoint
  readonly isDelta: boolean
  readonly buckets: Buckets
  readonly form: BucketForm<Buckets>
}

/** The buckets of a histogram, and the sum of its values where it is told. */
interface Counted<Buckets> {
  readonly buckets: Buckets
  readonly sum: number | undefined
}

function mapHistogram<Buckets>(
  to: OtlpExport,
  histogram: Histogram<Buckets>,
  place: OtlpPlace,
): void {
  const { point, buckets, form } = histogram
  const now: Counted<Buckets> = { buckets, sum: finite(point.sum) }
  if (histogram.isDelta) {
    addDistribution(to, { ...histogram, ...now, isWhole: true, sinceMs: place.startMs }, place)
    return
  }
  const { startMs, timeMs } = place
  const reading = { startMs, timeMs, value: now, size: form.size(buckets) }
  const growth = to.readings.advance(`${place.key}.buckets`, reading, (later, earlier) => {
    const since = form.subtract(later.buckets, earlier.buckets)
    if (since === undefined) return undefined
    const areSums = later.sum !== undefined && earlier.sum !== undefined
    return { buckets: since, sum: areSums ? later.sum - earlier.sum : undefined }
  })
  if (growth.kind === 'grown') {
    const { value, isWhole, sinceMs } = growth
    addDistribution(to, { ...histogram, ...value, isWhole, sinceMs }, place)
  } else if (growth.kind === 'late') to.reject('late')
  else if (growth.kind === 'no-room') to.reject('no_room')
}

interface Distribution<Buckets> extends Histogram<Buckets>, Counted<Buckets> {
  /** Whether the least and the greatest value are of just these values, not of earlier ones too. */
  readonly isWhole: boolean
  readonly sinceMs: number
}

function addDistribution<Buckets>(
  to: OtlpExport,
  { point, buckets, sum, form, isWhole, sinceMs }: Distribution<Buckets>,
  place: OtlpPlace,
): void {
  const bounded = form.bounded(buckets)
  if (bounded.length === 0) return
  const facts: KnownFacts = {
    sum,
    min: isWhole ? finite(point.min) : undefined,
    max: isWhole ? finite(point.max) : undefined,
  }
  const values = spreadBuckets(bounded, facts, to.budget)
  if (values === undefined) to.reject('malformed')
  else to.addSketch(place, values, sinceMs)
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined
}
