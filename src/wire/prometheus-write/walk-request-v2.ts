import { fieldTag } from '../datadog-series/decode-series.ts'
import type { KnownSeries } from '../datadog-series/known-series.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'
import { maxLabels, type Label } from './series-from-labels.ts'
import { SymbolTable } from './symbol-table.ts'
import type { IdentifyLabels } from './walk-write-request.ts'
import { WriteBatch } from './write-batch.ts'

/*
 * Request    { repeated string symbols = 4; repeated TimeSeries timeseries = 5; }
 * TimeSeries { repeated uint32 labels_refs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3;
 *              repeated Exemplar exemplars = 4; Metadata metadata = 5; }
 */
const symbolsTag = fieldTag(4, wireTypes.bytes)
const seriesTag = fieldTag(5, wireTypes.bytes)
const packedRefsTag = fieldTag(1, wireTypes.bytes)
const refTag = fieldTag(1, wireTypes.varint)
const samplesTag = fieldTag(2, wireTypes.bytes)
const histogramsTag = fieldTag(3, wireTypes.bytes)
const exemplarsTag = fieldTag(4, wireTypes.bytes)
const metadataTag = fieldTag(5, wireTypes.bytes)

/** More can only be meant to harm; a series of more than `maxLabels` is refused later, and by itself. */
const maxRefs = maxLabels * 20

/**
 * Reads an `io.prometheus.write.v2.Request`, whose labels are numbers in a table of texts. The table is another one each
 * time, so a known series is found by the bytes of its texts.
 * @throws {WireError} When the bytes are not such a request, or hold too much; nothing of it is then to be used.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
 */
export function walkRequestV2<T>(
  payload: Uint8Array,
  known: KnownSeries<T>,
  identify: IdentifyLabels<T>,
): WriteBatch<T> {
  const reader = new ProtoReader(payload, 'the protobuf io.prometheus.write.v2.Request')
  const batch = new WriteBatch<T>()
  // Fields may come in any order, and series need all symbols.
  const walk = { known, identify, batch, symbols: readSymbols(reader), refs: [] }
  const end = payload.length
  reader.at = 0
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === seriesTag) walkOne(reader, reader.endOfBytes(end), walk)
    else reader.skip(tag & 7, end)
  }
  return batch
}

interface Walk<T> {
  readonly known: KnownSeries<T>
  readonly identify: IdentifyLabels<T>
  readonly batch: WriteBatch<T>
  readonly symbols: SymbolTable
  /** Of the series that is being read. */
  readonly refs: number[]
}

function readSymbols(reader: ProtoReader): SymbolTable {
  const symbols = new SymbolTable(reader)
  const end = reader.bytes.length
  while (reader.at < end) {
    const tag = reader.uint32(end)
    const start = reader.at
    reader.skip(tag & 7, end)
    if (tag === symbolsTag) symbols.add(start, reader.at)
    else reader.takeItem()
  }
  return symbols
}

function walkOne<T>(reader: ProtoReader, end: number, walk: Walk<T>): void {
  const { batch, refs } = walk
  const firstPoint = batch.points.length
  refs.length = 0
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === packedRefsTag) takeRefs(reader, reader.endOfBytes(end), refs)
    else if (tag === refTag) takeRef(reader, end, refs)
    else if (tag === samplesTag) batch.takeSample(reader, reader.endOfBytes(end))
    else {
      reader.takeItem()
      if (tag === histogramsTag) batch.histograms += 1
      if (tag === exemplarsTag) batch.exemplars += 1
      if (tag === metadataTag) batch.metadata += 1
      reader.skip(tag & 7, end)
    }
  }
  if (refs.length % 2 !== 0) throw reader.fault('the last label of a series has no value')
  batch.points.setSeries(firstPoint, find(walk))
  // Symbols were read elsewhere.
  reader.at = end
}

function takeRefs(reader: ProtoReader, end: number, refs: number[]): void {
  while (reader.at < end) takeRef(reader, end, refs)
}

function takeRef(reader: ProtoReader, end: number, refs: number[]): void {
  if (refs.length >= maxRefs) throw reader.fault(`a series has more than ${maxRefs / 2} labels`)
  refs.push(reader.uint32(end))
}

function find<T>({ known, identify, symbols, refs }: Walk<T>): T | undefined {
  known.begin()
  for (const ref of refs) symbols.addTo(known, ref)
  const found = known.find()
  if (found !== undefined) return found
  const labels: Label[] = []
  for (let n = 0; n < refs.length; n += 2) {
    labels.push([symbols.text(refs[n] ?? 0), symbols.text(refs[n + 1] ?? 0)])
  }
  const identified = identify(labels)
  if (identified !== undefined) known.keep(identified)
  return identified
}
