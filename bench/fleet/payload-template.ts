import type { Point, Series } from '../../src/model/series.ts'
import { encodeSeries } from '../../src/wire/datadog-series/encode-series.ts'
import { writePoint } from '../../src/wire/datadog-series/series-fields.ts'
import { ByteWriter } from '../../src/wire/protobuf/byte-writer.ts'

/** Found in no other bytes of a payload. */
const placeholder = { value: Math.PI * 1e-300, timeMs: 1_700_000_000_000 } as const
/** Behind the tag of the value, and behind that of the time. */
const valueAt = 3
const timeAt = valueAt + 8 + 1

/**
 * The payloads of some series, encoded once as the agent does it; for each moment only values and time are written into
 * them. Encoding 200 agents' anew would keep this process so busy that it measured itself.
 */
export class PayloadTemplate {
  readonly #payloads: readonly { readonly body: Buffer; readonly points: readonly number[] }[]

  constructor(series: readonly Series[]) {
    const points = series.map((one) => ({ kind: 'point' as const, series: one, ...placeholder }))
    this.#payloads = Array.from(encodeSeries(points), ({ body }) => {
      const own = Buffer.from(body)
      return { body: own, points: findPoints(own) }
    })
  }

  /** The payloads with the values of a moment. The next call writes into the same bytes: what is read meanwhile has values of both. */
  fill(timeMs: number, valueOf: (index: number) => number): readonly Buffer[] {
    const time = encodePoint({ ...samplePoint, timeMs }).subarray(timeAt)
    let index = 0
    return this.#payloads.map(({ body, points }) => {
      for (const at of points) {
        body.writeDoubleLE(valueOf(index++), at + valueAt)
        body.set(time, at + timeAt)
      }
      return body
    })
  }
}

const samplePoint = {
  kind: 'point',
  series: { metric: 'm', kind: 'gauge', host: '', tags: [], intervalS: 1 },
  ...placeholder,
} as const

function encodePoint(point: Point): Buffer {
  const writer = new ByteWriter(64)
  writePoint(writer, point)
  return writer.take()
}

function findPoints(body: Buffer): readonly number[] {
  const bytes = encodePoint(samplePoint)
  const found: number[] = []
  for (let at = body.indexOf(bytes); at >= 0; at = body.indexOf(bytes, at + bytes.length))
    found.push(at)
  return found
}
