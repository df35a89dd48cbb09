import type { MessageBatch } from '../../../libc/message-batch.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import type { PacketPlace } from '../aggregate/packet-reader.ts'
import type { CounterName } from '../counters.ts'
import { cutToLine } from './cut-to-line.ts'
import type { PatientInlet } from './inlet.ts'
import type { Queue } from './queue.ts'
import type { Reception } from './reception.ts'
import { replayGroup } from './replay-group.ts'

/** What datagrams are read with; the batch serves all inlets, one after the other. */
export interface DatagramParts {
  readonly sockets: Sockets
  readonly batch: MessageBatch
  readonly reception: Reception
  readonly descriptor: number
  readonly queue: Queue
}

/** A client that does not hurry sends no more than this between two readings. */
const fewPackets = 2
/** A flood must not keep the others waiting. */
const maxBatches = 16

/** A socket for datagrams, UDP or Unix. */
export class DatagramInlet implements PatientInlet {
  readonly #parts: DatagramParts
  readonly #place: PacketPlace
  readonly #packetsName: CounterName
  readonly #bytesName: CounterName
  /** So many at a time from a short queue mean that its clients wait: more is there by now, and to be woken for it costs more. */
  readonly #busyCount: number
  #fill = 0

  constructor(transport: 'udp' | 'uds', parts: DatagramParts) {
    this.#parts = parts
    this.#place = { from: 0, to: 0, sender: 0, transport }
    this.#busyCount = parts.queue.longestNapMs === 0 ? fewPackets : parts.batch.count
    this.#packetsName = `${transport}.packets`
    this.#bytesName = `${transport}.bytes`
  }

  get fill(): number {
    return this.#fill
  }

  receive(): number {
    const { sockets, batch, descriptor, queue } = this.#parts
    let packets = 0
    let bytes = 0
    this.#fill = 1
    for (let round = 0; round < maxBatches; round += 1) {
      const count = sockets.receiveBatch(descriptor, batch)
      if (count > 0) bytes += this.#read(count)
      packets += count
      if (count >= this.#busyCount) continue
      this.#fill = queue.fillOf(packets, bytes)
      break
    }
    return packets
  }

  /** @returns How many bytes the messages have. */
  #read(count: number): number {
    const { batch, reception } = this.#parts
    const place = this.#place
    const isUnix = place.transport === 'uds'
    let bytes = 0
    for (let i = 0; i < count; i += 1) {
      const length = batch.lengthOf(i)
      bytes += length
      place.from = batch.from(i)
      place.to = place.from + length
      const pid = isUnix ? this.#findSender(i) : 0
      if (batch.isTruncated(i)) {
        reception.counters.add('packets.truncated', 1)
        place.to = cutToLine(batch.memory, place.from, place.to)
      }
      reception.packet(batch.memory, place, pid)
    }
    batch.rearm(count)
    reception.counters.add(this.#packetsName, count)
    reception.counters.add(this.#bytesName, bytes)
    return bytes
  }

  #findSender(message: number): number {
    const { batch, reception } = this.#parts
    if (batch.gidOf(message) === replayGroup) {
      const pid = batch.uidOf(message)
      this.#place.sender = reception.senderOfReplayed(pid)
      return pid
    }
    const pid = batch.pidOf(message)
    this.#place.sender = reception.senderOf(pid)
    return pid
  }
}
