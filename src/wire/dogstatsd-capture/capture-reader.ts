import { WireError } from '../wire-error.ts'
import { captureHeaderBytes, decodeCaptureHeader } from './capture-header.ts'
import { decodeState, type CaptureState } from './capture-state.ts'
import { decodePacket, type CapturedPacket } from './captured-packet.ts'

/** Longest record: a packet of the longest length that DogStatsD can be set to, with room to spare. */
const maxRecordBytes = 4 * 1024 * 1024
/** Longest list of containers: some ten thousand of them. */
const maxStateBytes = 16 * 1024 * 1024

/** What stands behind the packets of a capture. */
export interface CaptureEnd {
  /** The file ends in the middle of a record, or without its last part: whoever wrote it did not come to its end. */
  readonly isCut: boolean
  /** Absent in a file that is cut, and in versions before 2. */
  readonly state?: CaptureState
}

/**
 * Reads a capture piece by piece, as it comes from a file: a header, records with their lengths, a length of 0, what the
 * agent knew of containers, and how long that is.
 * @see DataDog/datadog-agent, comp/dogstatsd/replay/impl/reader.go
 */
export class CaptureReader {
  /** What has come and could not be read yet. */
  #left: Buffer = Buffer.alloc(0)
  /** How many bytes came before those. */
  #offset = 0
  #version: number | undefined
  #packets = 0
  /** What stands behind the packets, once they are over. */
  #rest: Buffer[] | undefined
  #restBytes = 0

  /**
   * The packets that are whole with this piece, in their order; they lie in it.
   * @throws {WireError} With the packet and the byte at which the file makes no sense.
   */
  read(piece: Uint8Array): Iterable<CapturedPacket> {
    return this.#packetsOf(piece)
  }

  *#packetsOf(piece: Uint8Array): Generator<CapturedPacket, void> {
    if (this.#rest !== undefined) return this.#addRest(toBuffer(piece))
    const bytes = this.#left.length === 0 ? toBuffer(piece) : Buffer.concat([this.#left, piece])
    let at = 0
    if (this.#version === undefined) {
      if (bytes.length < captureHeaderBytes) return this.#keep(bytes, at)
      this.#version = decodeCaptureHeader(bytes)
      at = captureHeaderBytes
    }
    const unitMs = this.#version < 3 ? 1000 : 1e-6
    while (at + 4 <= bytes.length) {
      const length = bytes.readUInt32LE(at)
      if (length === 0) return this.#addRest(bytes.subarray(at + 4))
      if (length > maxRecordBytes) throw this.#fault(at, `its length is ${length} bytes`)
      const end = at + 4 + length
      if (end > bytes.length) break
      yield this.#decode(bytes.subarray(at + 4, end), at + 4, unitMs)
      at = end
    }
    this.#keep(bytes, at)
  }

  /**
   * To be asked when the file is at its end.
   * @throws {WireError} If it is none, or what it tells of containers makes no sense.
   */
  end(): CaptureEnd {
    // Says that a file of a few bytes is no capture.
    if (this.#version === undefined) this.#version = decodeCaptureHeader(this.#left)
    if (this.#version < 2) return { isCut: this.#left.length > 0 }
    if (this.#rest === undefined || this.#restBytes < 4) return { isCut: true }
    const rest = Buffer.concat(this.#rest)
    const stateBytes = rest.length - 4
    if (rest.readUInt32LE(stateBytes) !== stateBytes) return { isCut: true }
    return { isCut: false, state: decodeState(rest.subarray(0, stateBytes)) }
  }

  #decode(record: Buffer, at: number, unitMs: number): CapturedPacket {
    this.#packets += 1
    try {
      return decodePacket(record, unitMs)
    } catch (cause) {
      const seen = cause instanceof Error ? cause.message : String(cause)
      throw this.#fault(at, seen, cause)
    }
  }

  #keep(bytes: Buffer, at: number): void {
    this.#left = bytes.subarray(at)
    this.#offset += at
  }

  #addRest(bytes: Buffer): void {
    this.#rest ??= []
    this.#rest.push(bytes)
    this.#restBytes += bytes.length
    if (this.#restBytes > maxStateBytes) {
      throw new WireError(
        `Cannot read the capture: more than ${maxStateBytes} bytes stand behind its packets`,
      )
    }
  }

  #fault(at: number, seen: string, cause?: unknown): WireError {
    const place = `packet ${this.#packets} at byte ${this.#offset + at}`
    return new WireError(`Cannot read the capture, ${place}: ${seen}`, { cause })
  }
}

function toBuffer(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.length)
}
