/** A series for a test's MetricPayload; what is absent is left out of the bytes. */
export interface SampleSeries {
  readonly metric: string
  readonly host?: string
  readonly device?: string
  readonly tags?: readonly string[]
  /** 1 COUNT, 2 RATE, 3 GAUGE */
  readonly type?: number
  readonly interval?: number
  readonly points: readonly { readonly value: number; readonly timestamp: number }[]
  /** Puts the points before the tags, as an encoder in field order does not. */
  readonly pointsFirst?: boolean
}

/** Encodes by the rules of protobuf, independently of `src/wire`: fields of AP:metrics/agent_payload.proto. */
export function encodeMetricPayload(series: readonly SampleSeries[]): Buffer {
  return Buffer.concat(series.map((one) => lengthDelimited(1, encodeSeries(one))))
}

/** A field of bytes. */
export function lengthDelimited(field: number, bytes: Buffer | string): Buffer {
  const content = Buffer.from(bytes)
  return Buffer.concat([
    Buffer.from([...varint((field << 3) | 2), ...varint(content.length)]),
    content,
  ])
}

/** A number of up to 64 bits, seven at a time, lowest first. */
export function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}

function encodeSeries(series: SampleSeries): Buffer {
  const points = series.points.map(encodePoint)
  const tags = (series.tags ?? []).map((tag) => lengthDelimited(3, tag))
  return Buffer.concat([
    ...(series.host === undefined ? [] : [encodeResource('host', series.host)]),
    ...(series.device === undefined ? [] : [encodeResource('device', series.device)]),
    lengthDelimited(2, series.metric),
    ...(series.pointsFirst === true ? [...points, ...tags] : [...tags, ...points]),
    ...(series.type === undefined ? [] : [Buffer.from([5 << 3, ...varint(series.type)])]),
    ...(series.interval === undefined ? [] : [Buffer.from([8 << 3, ...varint(series.interval)])]),
  ])
}

function encodeResource(type: string, name: string): Buffer {
  return lengthDelimited(1, Buffer.concat([lengthDelimited(1, type), lengthDelimited(2, name)]))
}

function encodePoint({ value, timestamp }: { value: number; timestamp: number }): Buffer {
  const double = Buffer.alloc(8)
  double.writeDoubleLE(value)
  return lengthDelimited(
    4,
    Buffer.concat([
      Buffer.from([(1 << 3) | 1]),
      double,
      Buffer.from([2 << 3, ...varint(timestamp)]),
    ]),
  )
}
