import type { Dispatcher } from '../dispatcher.ts'
import type { Entry } from '../entry.ts'
import type { ForwarderContext } from '../forwarder.ts'
import type { Retry } from '../judge-answer.ts'
import type { Lane } from '../lane.ts'
import type { Memory } from '../memory.ts'
import type { End } from './segment-index.ts'
import type { Spool } from './spool.ts'

const checkEachMs = 1000
/** In an outage payloads are written once they have waited so long: a restart of the other side leaves the disk alone. */
const storeAfterMs = 3000
/** What goes in order waits for older ones that are being written; not longer, should the disk hang. */
const longestHoldMs = 5000
/** At the stop, for writing what is left. */
const longestStopMs = 3000

/** What payloads are moved between. */
export interface ExchangeParts {
  readonly dispatcher: Dispatcher
  readonly memory: Memory
  readonly spool: Spool
  readonly context: ForwarderContext
}

/**
 * Moves payloads from memory to disk in an outage, or when there get too many, and back when they can be sent. One file
 * at a time; nobody waits for it.
 */
export class Exchange {
  readonly #parts: ExchangeParts
  readonly #timer: NodeJS.Timeout
  /** All that is done on the disk, one after the other. */
  #work: Promise<unknown> = Promise.resolve()
  /** Of which lane payloads are being written, and since when. */
  #storing: { readonly lane: Lane; readonly sinceMs: number } | undefined
  #isOpen = false
  #isMoving = false
  #isStopping = false

  constructor(parts: ExchangeParts) {
    this.#parts = parts
    this.#move(() => this.#open())
    this.#timer = setInterval(() => this.check(), checkEachMs)
    this.#timer.unref()
  }

  /** Moves what is due, unless something is being moved. */
  check(): void {
    if (this.#isMoving || this.#isStopping) return
    const move = this.#isOpen ? (this.#storeDue() ?? this.#loadDue()) : () => this.#open()
    if (move !== undefined) this.#move(move)
  }

  /** Whether older ones of a route that goes in order are on disk, or just being written, and will be loaded. */
  isHeldBack(lane: Lane): boolean {
    const { spool } = this.#parts
    if (this.#isStoring(lane)) return true
    if (!lane.isStorable || this.#isStopping || spool.isPaused) return false
    const older = spool.index.find(lane.route, 'oldest')
    if (older === undefined || older.sequence > (lane.oldest?.sequence ?? Infinity)) return false
    return this.#hasRoomFor(older.sizeBytes)
  }

  /** @returns Where it is kept, if it is. */
  async setAside(entry: Entry, retry: Retry): Promise<string | undefined> {
    const { spool, context } = this.#parts
    const kept = this.#work.then(() => spool.setAside(entry, retry, context.clock()))
    this.#work = kept
    const path = await kept
    spool.settle(entry)
    return path
  }

  /** Writes what is left in memory as far as it may be. */
  async finish(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#timer)
    const rest = this.#work.then(() => this.#storeRest())
    const limit = Promise.withResolvers<void>()
    const timer = setTimeout(limit.resolve, longestStopMs)
    await Promise.race([rest, limit.promise])
    clearTimeout(timer)
  }

  #move(act: () => Promise<boolean>): void {
    this.#isMoving = true
    this.#work = this.#work.then(() => this.#run(act))
  }

  async #run(act: () => Promise<boolean>): Promise<void> {
    const hasMoved = await act()
    this.#isMoving = false
    this.#parts.dispatcher.pump()
    // What could not be moved now is tried again at the next tick.
    if (hasMoved) this.check()
  }

  async #open(): Promise<boolean> {
    this.#isOpen = await this.#parts.spool.open()
    return this.#isOpen
  }

  #storeDue(): (() => Promise<boolean>) | undefined {
    const { dispatcher, context } = this.#parts
    const dueMs = context.clock() - storeAfterMs
    for (const lane of dispatcher.lanes) {
      if (!lane.isStorable || !(dispatcher.isInTrouble || lane.circuit.isInTrouble)) continue
      const due = this.#inMemoryOnly(lane).filter(({ atMs }) => atMs <= dueMs)
      if (due.length > 0) return () => this.#store(lane, due)
    }
    return this.#overflowDue()
  }

  /** More than half of the memory is in use: what is above a quarter goes, the oldest first. */
  #overflowDue(): (() => Promise<boolean>) | undefined {
    const { dispatcher, memory, context } = this.#parts
    const { memoryBytes } = context.settings
    if (memory.bytes <= memoryBytes / 2) return undefined
    const lanes = [...dispatcher.lanes].filter((lane) => lane.isStorable)
    const [oldest] = lanes
      .map((lane) => ({ lane, entries: this.#inMemoryOnly(lane) }))
      .filter(({ entries }) => entries.length > 0)
      .toSorted((a, b) => (a.entries[0]?.sequence ?? 0) - (b.entries[0]?.sequence ?? 0))
    if (oldest === undefined) return undefined
    let excess = memory.bytes - memoryBytes / 4
    const going = oldest.entries.filter(({ payload }) => {
      const isGoing = excess > 0
      excess -= payload.body.length
      return isGoing
    })
    return () => this.#store(oldest.lane, going)
  }

  #isStoring(lane: Lane): boolean {
    if (this.#storing?.lane !== lane) return false
    return this.#parts.context.clock() - this.#storing.sinceMs < longestHoldMs
  }

  #inMemoryOnly(lane: Lane): readonly Entry[] {
    return lane.waiting.filter((entry) => !this.#parts.spool.holds(entry))
  }

  async #store(lane: Lane, entries: readonly Entry[]): Promise<boolean> {
    const { spool, memory, context } = this.#parts
    for (const entry of entries) lane.remove(entry)
    this.#storing = { lane, sinceMs: context.clock() }
    const stored = await spool.store(lane.route, entries)
    this.#storing = undefined
    for (const entry of entries.slice(0, stored)) memory.remove(entry)
    for (const entry of entries.slice(stored)) lane.add(entry)
    return stored > 0
  }

  #loadDue(): (() => Promise<boolean>) | undefined {
    for (const route of this.#parts.spool.index.routes) {
      const end = this.#endDue(route)
      if (end !== undefined) return () => this.#load(route, end)
    }
    return undefined
  }

  #endDue(route: string): End | undefined {
    const { dispatcher, spool } = this.#parts
    const lane = dispatcher.findLane(route)
    return this.#endsWanted(lane).find((end) => {
      const segment = spool.index.find(route, end)
      if (segment === undefined || !this.#hasRoomFor(segment.sizeBytes)) return false
      return end === 'oldest'
        ? segment.sequence < (lane?.oldest?.sequence ?? Infinity)
        : segment.sequence > (lane?.newest?.sequence ?? 0)
    })
  }

  /** In trouble only something to try it with. */
  #endsWanted(lane: Lane | undefined): readonly End[] {
    const { dispatcher } = this.#parts
    if (lane === undefined || lane.order === 'oldest-first') return ['oldest']
    const isWell = !dispatcher.isInTrouble && !lane.circuit.isInTrouble
    const isEmpty = lane.waiting.length === 0 && lane.onTheWay === 0
    return isWell || isEmpty ? ['newest', 'oldest'] : []
  }

  /** What is loaded must not be what makes others go to disk. */
  #hasRoomFor(bytes: number): boolean {
    const { memory, context } = this.#parts
    return memory.count === 0 || memory.bytes + bytes <= context.settings.memoryBytes / 2
  }

  async #load(route: string, end: End): Promise<boolean> {
    const { dispatcher, spool, memory } = this.#parts
    const entries = await spool.load(route, end)
    for (const entry of entries) {
      memory.add(entry)
      dispatcher.laneOf(entry.payload).add(entry)
    }
    return entries.length > 0
  }

  async #storeRest(): Promise<void> {
    const { dispatcher, spool, memory } = this.#parts
    for (const lane of dispatcher.lanes) {
      if (!lane.isStorable) continue
      for (const entry of lane.waiting.filter((one) => spool.holds(one))) {
        lane.remove(entry)
        spool.release(entry)
        memory.remove(entry)
      }
      if (lane.waiting.length > 0) await this.#store(lane, [...lane.waiting])
    }
    await spool.close()
  }
}
