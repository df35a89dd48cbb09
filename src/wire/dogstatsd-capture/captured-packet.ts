import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'

/** A packet as an agent received it. */
export interface CapturedPacket {
  /** When it came, Unix time in milliseconds, with a fraction. */
  readonly timeMs: number
  /** Process that sent it; 0 where that is not known. */
  readonly pid: number
  /** Lies in the bytes that were read. */
  readonly payload: Uint8Array
}

/** Fields of `UnixDogstatsdMsg`. @see DataDog/datadog-agent, pkg/proto/datadog/model/v1/model.proto */
export const packetFields = { timestamp: 1, payloadSize: 2, payload: 3, pid: 4 } as const

/**
 * Reads one record without its length.
 * @param unitMs What the times of the file count, in milliseconds.
 * @throws {WireError}
 */
export function decodePacket(record: Uint8Array, unitMs: number): CapturedPacket {
  const reader = new ProtoReader(record, 'a packet of a capture')
  const end = record.length
  let timeMs = 0
  let pid = 0
  let payload = record.subarray(0, 0)
  let payloadBytes = 0
  while (reader.at < end) {
    const tag = reader.uint32(end)
    const [field, wireType] = [tag >>> 3, tag & 7]
    if (wireType === wireTypes.varint && field === packetFields.timestamp) {
      timeMs = reader.int64(end) * unitMs
    } else if (wireType === wireTypes.varint && field === packetFields.payloadSize) {
      payloadBytes = reader.int64(end)
    } else if (wireType === wireTypes.varint && field === packetFields.pid) {
      pid = reader.int64(end) | 0
    } else if (wireType === wireTypes.bytes && field === packetFields.payload) {
      const stop = reader.endOfBytes(end)
      payload = record.subarray(reader.at, stop)
      reader.at = stop
    } else {
      reader.skip(wireType, end)
    }
  }
  // The agent's own reader takes so many bytes of the payload, which may have more.
  return { timeMs, pid, payload: payload.subarray(0, Math.max(0, payloadBytes)) }
}
