import { crc32 } from 'node:zlib'
import { makeEntry, type Entry } from '../entry.ts'
import type { Payload } from '../forwarder.ts'

/*
 * file:   magic, then records one after the other
 * record: state (1 byte), CRC-32 of all behind it (4), length of the head (4), length of the body (4), head (JSON), body
 */
export const magic: Buffer = Buffer.from('vigie forwarder 1\n')
/** State of a record that is still to be sent; any other: it is done with. */
const waitingState = 0x57
export const doneState: Buffer = Buffer.from('D')
const fixedBytes = 13

interface Head {
  readonly contentType: string
  readonly contentEncoding?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly order?: 'oldest-first'
  readonly count: number
  readonly sequence: number
  readonly atMs: number
}

/** One that was read, at its place in the file. */
export interface ReadRecord {
  readonly offset: number
  readonly entry: Entry
}

/** What a file has that is still to be sent. */
export interface ReadSegment {
  readonly records: readonly ReadRecord[]
  /** Up to where the file is sound. */
  readonly soundBytes: number
}

/** A payload as a record, without its route: all of one file have the same. */
export function encodeRecord({ payload, sequence, atMs }: Entry): Buffer {
  const { contentType, contentEncoding, headers, order, count, body } = payload
  const head: Head = {
    contentType,
    ...(contentEncoding !== undefined && { contentEncoding }),
    ...(headers !== undefined && { headers }),
    ...(order !== undefined && { order }),
    count,
    sequence,
    atMs,
  }
  const headBytes = Buffer.from(JSON.stringify(head))
  const record = Buffer.allocUnsafe(fixedBytes + headBytes.length + body.length)
  record.writeUInt8(waitingState, 0)
  record.writeUInt32LE(headBytes.length, 5)
  record.writeUInt32LE(body.length, 9)
  headBytes.copy(record, fixedBytes)
  body.copy(record, fixedBytes + headBytes.length)
  record.writeUInt32LE(crc32(record.subarray(5)), 1)
  return record
}

/** Reads as far as the file is sound; what a crash has left half written is at its end. */
export function readSegment(bytes: Buffer, route: string): ReadSegment {
  const records: ReadRecord[] = []
  if (!bytes.subarray(0, magic.length).equals(magic)) return { records, soundBytes: 0 }
  let offset = magic.length
  for (;;) {
    const size = soundRecordBytes(bytes, offset)
    if (size === 0) return { records, soundBytes: offset }
    if (bytes[offset] === waitingState) {
      const entry = readRecord(bytes.subarray(offset, offset + size), route)
      records.push({ offset, entry })
    }
    offset += size
  }
}

/** 0 when there is no sound record. */
function soundRecordBytes(bytes: Buffer, offset: number): number {
  if (bytes.length - offset < fixedBytes) return 0
  const size = fixedBytes + bytes.readUInt32LE(offset + 5) + bytes.readUInt32LE(offset + 9)
  if (bytes.length - offset < size) return 0
  const isSound =
    crc32(bytes.subarray(offset + 5, offset + size)) === bytes.readUInt32LE(offset + 1)
  return isSound ? size : 0
}

function readRecord(record: Buffer, route: string): Entry {
  const bodyAt = fixedBytes + record.readUInt32LE(5)
  const text = record.toString('utf8', fixedBytes, bodyAt)
  // Its checksum is right: it is what encodeRecord() wrote.
  const head: Head = JSON.parse(text)
  const { sequence, atMs, ...rest } = head
  // A copy, so that the whole file does not stay in memory for the last of its records.
  const payload: Payload = { route, ...rest, body: Buffer.from(record.subarray(bodyAt)) }
  return makeEntry(payload, sequence, atMs)
}
