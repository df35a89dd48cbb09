import type { DogstatsdTransport } from '../../../component/dogstatsd-settings.ts'

/**
 * What receivers give packets to. Bytes are read in place: `memory` holds the packet from `from` up to `to`, and at least 8
 * bytes behind it that may be written to.
 */
export interface PacketReader {
  /** Reads all messages of a packet; never throws, whatever the bytes are. */
  readonly read: (memory: Uint8Array, packet: PacketPlace) => void
}

/** Where a packet lies and where it came from. One object may serve for all packets. */
export interface PacketPlace {
  from: number
  to: number
  /** A number for the container that sent it, from `SenderTable`; 0 where that is not known. */
  sender: number
  transport: DogstatsdTransport
}
