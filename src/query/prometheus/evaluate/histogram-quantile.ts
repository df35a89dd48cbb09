import { dropLabels, keyOf, labelValue, metricLabel } from '../../../model/prometheus/labels.ts'
import { emptyLine, type Line, type ScalarValue, type VectorValue } from './values.ts'

/** A bucket of a histogram: how many observations were at most this. */
interface Bucket {
  readonly upTo: number
  readonly count: number
}

/**
 * The quantile of histograms whose buckets are series with the label `le`.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function histogramQuantile(share: ScalarValue, vector: VectorValue): VectorValue {
  const bucketLines = vector.lines.filter(({ labels }) => !Number.isNaN(boundOf(labels)))
  const groups = Map.groupBy(bucketLines, ({ labels }) =>
    keyOf(dropLabels(labels, ['le', metricLabel])),
  )
  const lines = [...groups.values()].map((group) => {
    const labels = dropLabels(group[0]?.labels ?? [], ['le', metricLabel])
    return quantileLine(share, group, emptyLine(labels, share.values.length))
  })
  return { kind: 'vector', lines }
}

function quantileLine(share: ScalarValue, group: readonly Line[], line: Line): Line {
  const sorted = group.toSorted((one, other) => boundOf(one.labels) - boundOf(other.labels))
  for (let index = 0; index < share.values.length; index += 1) {
    const present = sorted.filter(({ has }) => has[index] === 1)
    if (present.length === 0) continue
    const buckets = present.map(({ labels, values }) => ({
      upTo: boundOf(labels),
      count: values[index] ?? NaN,
    }))
    line.has[index] = 1
    line.values[index] = bucketQuantile(share.values[index] ?? NaN, unify(buckets))
  }
  return line
}

function boundOf(labels: Line['labels']): number {
  const text = labelValue(labels, 'le').trim()
  if (/^[+]?inf$/i.test(text)) return Infinity
  return text === '' ? NaN : Number(text)
}

/** Buckets with one bound are one, and none counts less than the one below it. */
function unify(buckets: readonly Bucket[]): readonly Bucket[] {
  const unified: Bucket[] = []
  for (const { upTo, count } of buckets) {
    const last = unified.at(-1)
    if (last?.upTo === upTo) unified[unified.length - 1] = { upTo, count: last.count + count }
    else unified.push({ upTo, count })
  }
  let most = -Infinity
  return unified.map(({ upTo, count }) => {
    most = Math.max(most, count)
    return { upTo, count: most }
  })
}

function bucketQuantile(share: number, buckets: readonly Bucket[]): number {
  if (Number.isNaN(share)) return NaN
  if (share < 0) return -Infinity
  if (share > 1) return Infinity
  const top = buckets.at(-1)
  if (top?.upTo !== Infinity || buckets.length < 2 || top.count === 0) return NaN
  return valueAtRank(share * top.count, buckets.slice(0, -1))
}

/** Observations are taken to lie evenly within their bucket, the lowest bucket to begin at 0. */
function valueAtRank(rank: number, bounded: readonly Bucket[]): number {
  const found = bounded.findIndex(({ count }) => count >= rank)
  const bucket = bounded[found]
  if (bucket === undefined) return bounded.at(-1)?.upTo ?? NaN
  if (found === 0 && bucket.upTo <= 0) return bucket.upTo
  const below = bounded[found - 1] ?? { upTo: 0, count: 0 }
  const part = (rank - below.count) / (bucket.count - below.count)
  return below.upTo + (bucket.upTo - below.upTo) * part
}
