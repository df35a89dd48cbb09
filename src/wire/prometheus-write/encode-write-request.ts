import { compress } from 'snappyjs'
import type { Labels } from '../../model/prometheus/labels.ts'
import { ByteWriter } from '../protobuf/byte-writer.ts'

/*
 * WriteRequest { repeated TimeSeries timeseries = 1; }
 * TimeSeries   { repeated Label labels = 1 { string name = 1; string value = 2; };
 *                repeated Sample samples = 2 { double value = 1; int64 timestamp = 2; }; }
 */

/** Samples of one series, in the order of time. */
export interface WriteSeries {
  /** One object for as long as the series lives: what it looks like on the wire is kept with it. */
  readonly labels: Labels
  readonly samples: readonly WriteSample[]
}

export interface WriteSample {
  readonly value: number
  /** Unix milliseconds. */
  readonly timeMs: number
}

const doubleOfField1 = (1 << 3) | 1
const varintOfField2 = 2 << 3
const encodedLabels = new WeakMap<Labels, Buffer>()
const request = new ByteWriter()
const series = new ByteWriter()
const part = new ByteWriter()

/**
 * Encodes samples as a `prometheus.WriteRequest` of remote write 1.0, packed with snappy.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function encodeWriteRequest(all: Iterable<WriteSeries>): Buffer {
  request.clear()
  for (const { labels, samples } of all) {
    series.bytes(encodedLabels.get(labels) ?? encodeLabels(labels))
    for (const sample of samples) series.message(2, encodeSample(sample))
    request.message(1, series.take())
  }
  return compress(request.take())
}

function encodeLabels(labels: Labels): Buffer {
  const list = new ByteWriter(256)
  for (const [name, value] of labels) {
    part.text(1, name)
    part.text(2, value)
    list.message(1, part.take())
  }
  const bytes = list.take()
  encodedLabels.set(labels, bytes)
  return bytes
}

function encodeSample({ value, timeMs }: WriteSample): Buffer {
  part.varint(doubleOfField1)
  part.double(value)
  part.varint(varintOfField2)
  part.varint(Math.floor(timeMs))
  return part.take()
}
