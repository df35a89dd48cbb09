import type { PacketPlace } from '../aggregate/packet-reader.ts'

/** Sees each packet as it came, before it is read. Called in the worker, whose event loop stands still: only calls that finish at once. */
export interface PacketTap {
  /**
   * Never throws. The packet is the bytes of `memory` from `place.from` up to `place.to`; both are used again afterwards.
   * @param pid The process that sent it, as its credentials have it; 0 where that is not known.
   */
  readonly packet: (memory: Uint8Array, place: PacketPlace, pid: number) => void
}

/** A file that packets are written to for a while. */
export interface Capture extends PacketTap {
  /** Packets written so far. */
  readonly packets: number
  /** Length of the file so far, with what waits to be written. */
  readonly bytes: number
  /** Containers of the processes whose packets were written. */
  readonly containerIds: ReadonlyMap<number, string>
  /** Why nothing more is written, in one sentence; `undefined` while all is well. */
  readonly fault: string | undefined
  /** Writes what is left and closes the file; never throws, but may leave a fault. */
  readonly close: () => void
}

/** What is to be captured, and where to. */
export interface CaptureStart {
  /** A file that is there, with its header; packets are added at its end. */
  readonly path: string
  /** The file becomes no longer than that; then `fault` says so. */
  readonly maxBytes: number
  /** Container of `place.sender`; `undefined` where it is not known. */
  readonly containerIdOf: (sender: number) => string | undefined
}

/** Opens the file. @throws {Error} If that fails; the message is one sentence for the person who asked. */
export type OpenCapture = (start: CaptureStart) => Capture
