import type { NativeMemory } from '../../../libc/native-memory.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import type { PacketPlace } from '../aggregate/packet-reader.ts'
import { FrameReader } from './frame-reader.ts'
import type { Inlet } from './inlet.ts'
import type { Reception } from './reception.ts'

export interface ConnectionParts {
  readonly sockets: Sockets
  readonly reception: Reception
  readonly packetBytes: number
  /** One reading: large enough that a client's backlog takes few calls, small enough that others have their turn. */
  readonly chunkBytes: number
  /** Of `frameMemoryBytes`, shared by all connections. */
  readonly memory: NativeMemory
  readonly descriptor: number
  /** The connection is over, or of no use any more; a frame that is too long has so many bytes. */
  readonly onEnd: (tooLongBytes: number | undefined) => void
}

/** One client of the Unix socket for streams. */
export class StreamConnection implements Inlet {
  readonly #parts: ConnectionParts
  readonly #frames: FrameReader
  readonly #pid: number
  readonly #place: PacketPlace = { from: 0, to: 0, sender: 0, transport: 'uds-stream' }

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#frames = new FrameReader(parts.packetBytes)
    this.#pid = parts.sockets.peerOf(parts.descriptor).pid
  }

  receive(): number {
    const { sockets, reception, memory, descriptor, chunkBytes, onEnd } = this.#parts
    const at = this.#frames.begin(memory.bytes)
    const received = sockets.receive(descriptor, memory, { at, length: chunkBytes })
    if (received === 0 && at > 0) reception.counters.add('bad.frame', 1)
    if (received === 0) {
      onEnd(undefined)
      return 0
    }
    return this.#read(at + Math.max(0, received))
  }

  #read(end: number): number {
    const { reception, memory, onEnd } = this.#parts
    const place = this.#place
    place.sender = reception.senderOf(this.#pid)
    let packets = 0
    let bytes = 0
    const tooLongBytes = this.#frames.take(memory.bytes, end, (from, to) => {
      packets += 1
      bytes += to - from
      place.from = from
      place.to = to
      reception.packet(memory.bytes, place, this.#pid)
    })
    reception.counters.add('uds_stream.packets', packets)
    reception.counters.add('uds_stream.bytes', bytes)
    if (tooLongBytes !== undefined) {
      reception.counters.add('bad.frame', 1)
      onEnd(tooLongBytes)
    }
    return packets
  }
}
