import type { Series } from '../../src/model/series.ts'
import { ByteWriter, lengthDelimited } from '../../src/wire/protobuf/byte-writer.ts'
import type { LoadSeries } from './load.ts'

/*
 * WriteRequest { repeated TimeSeries timeseries = 1; }
 * TimeSeries   { repeated Label labels = 1 { string name = 1; string value = 2; };
 *                repeated Sample samples = 2 { double value = 1; int64 timestamp = 2; }; }
 */
const request = new ByteWriter()
const labels = new ByteWriter()
const label = new ByteWriter()
const sample = new ByteWriter()
const known = new WeakMap<Series, Buffer>()
/** A literal of snappy holds this much here. */
const literalBytes = 65_536

/**
 * The load at some seconds as Prometheus' remote write takes it. Snappy's framing is there, its compression is not: what
 * receives it has the less to do.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function encodeRemoteWrite(load: readonly LoadSeries[], seconds: readonly number[]): Buffer {
  request.clear()
  for (const { series, valueAt } of load) {
    const fixed = known.get(series) ?? encodeLabels(series)
    const variable = Buffer.concat(seconds.map((one) => encodeSample(valueAt(one), one * 1000)))
    request.varint((1 << 3) | lengthDelimited)
    request.varint(fixed.length + variable.length)
    request.bytes(fixed)
    request.bytes(variable)
  }
  return frameAsSnappy(request.take())
}

/** Labels have to be sorted by their names. */
function encodeLabels(series: Series): Buffer {
  const pairs = series.tags.map((tag) => tag.split(/:(.*)/s, 2))
  const all = [['__name__', series.metric.replaceAll('.', '_')], ['host', series.host], ...pairs]
  for (const [name = '', value = ''] of all.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))) {
    label.text(1, name)
    label.text(2, value)
    const bytes = label.take()
    labels.varint((1 << 3) | lengthDelimited)
    labels.varint(bytes.length)
    labels.bytes(bytes)
  }
  const bytes = labels.take()
  known.set(series, bytes)
  return bytes
}

function encodeSample(value: number, timeMs: number): Buffer {
  sample.varint((1 << 3) | 1)
  sample.double(value)
  sample.varint(2 << 3)
  sample.varint(timeMs)
  const content = sample.take()
  sample.varint((2 << 3) | lengthDelimited)
  sample.varint(content.length)
  sample.bytes(content)
  return sample.take()
}

/** @see https://github.com/google/snappy/blob/main/format_description.txt "Literals" */
function frameAsSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from(varint(bytes.length))]
  for (let start = 0; start < bytes.length; start += literalBytes) {
    const piece = bytes.subarray(start, start + literalBytes)
    const length = piece.length - 1
    parts.push(Buffer.of(61 << 2, length & 0xff, length >> 8), piece)
  }
  return Buffer.concat(parts)
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return [...bytes, rest]
}
