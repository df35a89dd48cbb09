import type { Aggregation, CreateAggregation } from '../aggregate/aggregation.ts'
import type { PacketPlace } from '../aggregate/packet-reader.ts'
import { Counters } from '../counters.ts'
import type { EarlyPacket, WorkerStart } from '../worker-messages.ts'
import { Capturing } from './capturing.ts'
import type { OpenCapture, PacketTap } from './packet-tap.ts'
import { SenderTable } from './sender-table.ts'
import type { WorkerOrder, WorkerReport } from './worker-protocol.ts'

/** What a reception is made of. */
export interface ReceptionParts {
  readonly start: WorkerStart
  readonly createAggregation: CreateAggregation
  readonly openCapture: OpenCapture
  readonly post: (report: WorkerReport) => void
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

const intervalMs = 10_000
/** Nothing is closed for longer than this at a time: then packets are read again. */
const sliceMs = 1
/** Few at first: the code is cold then. */
const firstSliceContexts = 32
/** After so long without a packet, and with nothing left to tell, the worker need not be there. */
const idleAfterMs = 60_000
const spareBytes = 8

/** All that becomes of packets in the worker, whichever way they come in: it has the clock, and tells what there is to tell. */
export class Reception {
  readonly counters: Counters
  readonly senders: SenderTable
  readonly #parts: ReceptionParts
  readonly #aggregation: Aggregation
  readonly #capturing: Capturing
  readonly #isDetected: boolean
  #forward: PacketTap | undefined
  #startMs = -1
  #nowMs = 0
  #lastPacketMs: number
  #hasMore = false
  #sliceContexts = firstSliceContexts

  constructor(parts: ReceptionParts) {
    const { start, createAggregation, openCapture, post, clock } = parts
    this.#parts = parts
    this.counters = new Counters(start.counters)
    this.senders = new SenderTable(start.procRoot)
    this.#isDetected = start.settings.origin.isDetected
    this.#capturing = new Capturing(openCapture, post)
    const { counters, senders } = this
    this.#aggregation = createAggregation({ settings: start.settings, counters, senders, clock })
    this.#lastPacketMs = clock()
    this.tick()
  }

  /** For how long `tick` need not be called, in whole milliseconds: until the next interval, or 0 while one waits to be told. */
  get restMs(): number {
    if (this.#hasMore) return 0
    const restMs = this.#startMs + intervalMs - this.#nowMs
    return this.#capturing.isOpen ? Math.min(restMs, 1000) : restMs
  }

  /** Whether the worker may end without anything being missed. */
  get isIdle(): boolean {
    return (
      this.#nowMs - this.#lastPacketMs >= idleAfterMs &&
      !this.#capturing.isOpen &&
      this.#aggregation.isEmpty
    )
  }

  setForward(tap: PacketTap | undefined): void {
    this.#forward = tap
  }

  /** Reads one packet. `place.sender` is what `senderOf` gives. */
  packet(memory: Uint8Array, place: PacketPlace, pid: number): void {
    this.#forward?.packet(memory, place, pid)
    if (this.#capturing.isOpen) this.#capturing.packet(memory, place, pid)
    this.#aggregation.read(memory, place)
  }

  /** Number of the container that a process is in. */
  senderOf(pid: number): number {
    if (!this.#isDetected) return 0
    if (pid !== 0) return this.senders.find(pid, this.#nowMs)
    this.counters.add('origin.unknown_process', 1)
    return 0
  }

  senderOfReplayed(pid: number): number {
    return this.#isDetected ? this.senders.findReplayed(pid) : 0
  }

  /**
   * To be called between two readings: ends intervals, tells a slice of those that have ended, and all else there is to tell.
   * @returns Whether an interval has begun.
   */
  tick(): boolean {
    this.#nowMs = this.#parts.clock()
    const startMs = this.#nowMs - (this.#nowMs % intervalMs)
    const hasBegun = startMs !== this.#startMs
    if (hasBegun) this.#beginInterval(startMs)
    if (this.#hasMore) this.#drainSlice()
    if (this.#capturing.isOpen) this.#capturing.tick(this.#nowMs)
    this.#tell()
    return hasBegun
  }

  /** Notes that packets came, for `isIdle`. */
  notePackets(): void {
    this.#lastPacketMs = this.#nowMs
  }

  /** Takes an order that has nothing to do with sockets. */
  take(order: WorkerOrder): void {
    switch (order.kind) {
      case 'packets':
        this.#readEarly(order.packets)
        break
      case 'capture':
        this.#openCapture(order)
        break
      case 'end-capture':
        this.#capturing.close()
        break
      case 'replayed-processes':
        this.senders.setReplayed(order.containerIds)
        break
      case 'sockets':
      case 'wake':
        break
      case 'stats':
      case 'tag-sets':
        this.#aggregation.tell(order)
        this.#tell()
        break
    }
  }

  /** Tells all that is left. The last call of all. */
  finish(): void {
    this.#capturing.close()
    this.#aggregation.closeAll(this.#parts.start.settings.shouldFlushIncomplete)
    this.#tell()
    this.#parts.post({ kind: 'stopped' })
  }

  #openCapture({ path, maxBytes }: Extract<WorkerOrder, { kind: 'capture' }>): void {
    const containerIdOf = (sender: number): string | undefined => this.senders.containerOf(sender)
    this.#capturing.open({ path, maxBytes, containerIdOf }, this.#nowMs)
  }

  #beginInterval(startMs: number): void {
    this.#startMs = startMs
    this.#timePause(() => this.#aggregation.switchBucket(startMs / 1000))
    this.#hasMore = true
    this.senders.forgetOld(this.#nowMs)
  }

  #drainSlice(): void {
    const tookMs = this.#timePause(() => {
      this.#hasMore = this.#aggregation.drain(this.#sliceContexts)
      this.#tell()
    })
    if (tookMs > sliceMs) this.#sliceContexts = Math.max(16, this.#sliceContexts >> 1)
    else if (tookMs < sliceMs / 4) this.#sliceContexts = Math.min(65_536, this.#sliceContexts << 1)
  }

  /** Runs what keeps packets waiting. @returns How long it took, in milliseconds. */
  #timePause(work: () => void): number {
    const from = performance.now()
    work()
    const tookMs = performance.now() - from
    const tookUs = Math.round(tookMs * 1000)
    if (tookUs > this.counters.get('longest_pause_us')) {
      this.counters.set('longest_pause_us', tookUs)
    }
    return tookMs
  }

  #tell(): void {
    for (const message of this.#aggregation.takeMessages()) this.#parts.post(message)
  }

  #readEarly(packets: readonly EarlyPacket[]): void {
    if (packets.length > 0) this.notePackets()
    for (const { transport, pid, isReplayed, bytes } of packets) {
      const memory = new Uint8Array(bytes.length + spareBytes)
      memory.set(bytes)
      const sender = transport === 'udp' ? 0 : this.#senderOfEarly(pid, isReplayed === true)
      this.packet(memory, { from: 0, to: bytes.length, sender, transport }, pid)
    }
  }

  #senderOfEarly(pid: number, isReplayed: boolean): number {
    return isReplayed ? this.senderOfReplayed(pid) : this.senderOf(pid)
  }
}
