import { lengthDelimited, varint } from '../server/encode-metric-payload.ts'

/** A series for a test's remote write. */
export interface SampleWriteSeries {
  readonly labels: readonly (readonly [name: string, value: string])[]
  /** Unix milliseconds and value. */
  readonly samples?: readonly (readonly [timeMs: number, value: number])[]
  /** Marks of its end, in Unix milliseconds. */
  readonly staleAtMs?: readonly number[]
  /** Bytes of native histograms and of exemplars, which nobody reads. */
  readonly histograms?: number
  readonly exemplars?: number
}

/** A `prometheus.WriteRequest`, encoded independently of `src/wire`. */
export function encodeWriteRequest(
  series: readonly SampleWriteSeries[],
  metadata: readonly string[] = [],
): Buffer {
  return Buffer.concat([
    ...series.map((one) => lengthDelimited(1, encodeSeries(one))),
    ...metadata.map((help) => lengthDelimited(3, lengthDelimited(4, help))),
  ])
}

function encodeSeries(series: SampleWriteSeries): Buffer {
  const labels = series.labels.map(([name, value]) =>
    lengthDelimited(1, Buffer.concat([lengthDelimited(1, name), lengthDelimited(2, value)])),
  )
  return Buffer.concat([
    ...labels,
    ...encodeSamples(series),
    ...times(series.exemplars, () => lengthDelimited(3, Buffer.alloc(3, 0x08))),
    ...times(series.histograms, () => lengthDelimited(4, Buffer.of(0x08, 1))),
  ])
}

/** An `io.prometheus.write.v2.Request`; its symbols come last where `symbolsLast` says so. */
export function encodeRequestV2(
  series: readonly SampleWriteSeries[],
  { symbolsLast = false, isPacked = true } = {},
): Buffer {
  const symbols = new Map([['', 0]])
  const refOf = (text: string): number => {
    const ref = symbols.get(text) ?? symbols.size
    symbols.set(text, ref)
    return ref
  }
  const encoded = series.map((one) => {
    const refs = one.labels.flatMap(([name, value]) => [refOf(name), refOf(value)])
    const labels = isPacked
      ? [lengthDelimited(1, Buffer.from(refs.flatMap((ref) => varint(ref))))]
      : refs.map((ref) => Buffer.from([1 << 3, ...varint(ref)]))
    return lengthDelimited(
      5,
      Buffer.concat([
        ...labels,
        ...encodeSamples(one),
        ...times(one.histograms, () => lengthDelimited(3, Buffer.of(0x08, 1))),
        ...times(one.exemplars, () => lengthDelimited(4, Buffer.alloc(0))),
      ]),
    )
  })
  const texts = [...symbols.keys()].map((text) => lengthDelimited(4, text))
  return Buffer.concat(symbolsLast ? [...encoded, ...texts] : [...texts, ...encoded])
}

function encodeSamples({ samples = [], staleAtMs = [] }: SampleWriteSeries): Buffer[] {
  const values = samples.map(([timeMs, value]) => {
    const double = Buffer.alloc(8)
    double.writeDoubleLE(value)
    return encodeSample(timeMs, double)
  })
  const stale = Buffer.from('020000000000f07f', 'hex')
  return [...values, ...staleAtMs.map((timeMs) => encodeSample(timeMs, stale))]
}

function encodeSample(timeMs: number, double: Buffer): Buffer {
  return lengthDelimited(
    2,
    Buffer.concat([Buffer.of(9), double, Buffer.from([2 << 3, ...varint(timeMs)])]),
  )
}

function times<T>(count: number | undefined, make: () => T): T[] {
  return Array.from({ length: count ?? 0 }, make)
}
