import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'

/** What of an export was not kept. */
export interface PartialSuccess {
  readonly rejected: number
  /** A sentence; empty when all was kept. */
  readonly sentence: string
}

/** What OTLP's JSON calls the number of what was not kept. */
export type RejectedName = 'rejectedDataPoints' | 'rejectedLogRecords' | 'rejectedSpans'

/**
 * The answer to an export of which something was kept, `Export…ServiceResponse`; without a partial success when all was.
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success
 */
export function encodeExportAnswer({ rejected, sentence }: PartialSuccess): Buffer {
  if (rejected === 0 && sentence === '') return Buffer.alloc(0)
  const inner = new ByteWriter()
  inner.varint(1 << 3)
  inner.varint(rejected)
  inner.text(2, sentence)
  const partial = inner.take()
  inner.varint((1 << 3) | lengthDelimited)
  inner.varint(partial.length)
  inner.bytes(partial)
  return inner.take()
}

/** The same in JSON. */
export function exportAnswerJson(
  { rejected, sentence }: PartialSuccess,
  name: RejectedName,
): string {
  if (rejected === 0 && sentence === '') return '{}'
  return JSON.stringify({ partialSuccess: { [name]: String(rejected), errorMessage: sentence } })
}

/**
 * A refusal as `google.rpc.Status`; senders go by the status of HTTP, so it has no code of its own.
 * @see https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
export function encodeRefusal(sentence: string): Buffer {
  const writer = new ByteWriter()
  writer.text(2, sentence)
  return writer.take()
}
