import type { Point, Series } from '../../model/series.ts'
import { isAveraged } from './is-averaged.ts'

/** What the receivers of a sink want of points that come more often. */
export interface ThinnerOptions {
  /** One point of each series for each of these, which begin at whole multiples on the clock. */
  readonly intervalMs: number
  /** How long after an interval's end its points may still come. */
  readonly graceMs: number
  /** How many points came too late to be told. */
  readonly onLate: (count: number) => void
}

/** Series that come this seldom are what other agents send too. */
const seldomS = 10
/** So many intervals without a point, and a series is forgotten. */
const idleIntervals = 4

/**
 * Makes one point for each series and interval, stamped with the interval's begin: of counts the sum, of rates the average
 * of the points that came, of gauges the last. A gap says nothing: it is not taken for zero. Series that come every ten
 * seconds, or as seldom as the interval, go through as they are. What is kept grows with the live series alone.
 * @see the time sampler of the Datadog Agent, for intervals and their stamps
 */
export class Thinner {
  readonly #options: ThinnerOptions
  readonly #intervalS: number
  /** By the object, since most points are of one that was seen before. */
  readonly #known = new WeakMap<Series, Slot | 'seldom'>()
  /** By what the series is, since a source that starts again makes its objects anew. */
  readonly #slots = new Map<string, Slot>()
  #ready: Point[] = []

  constructor(options: ThinnerOptions) {
    this.#options = options
    this.#intervalS = Math.max(1, Math.round(options.intervalMs / 1000))
  }

  /** Series that are kept at present. */
  get size(): number {
    return this.#slots.size
  }

  /** Points that only wait to be taken. */
  get readyCount(): number {
    return this.#ready.length
  }

  take(point: Point): void {
    const known = this.#known.get(point.series) ?? this.#meet(point.series)
    if (known === 'seldom') {
      this.#ready.push(point)
      return
    }
    if (!known.isKept) this.#keep(known)
    const startMs = point.timeMs - (point.timeMs % this.#options.intervalMs)
    if (startMs === known.startMs) add(known, point)
    else this.#moveTo(startMs, known, point)
  }

  /** @returns The points of all intervals that are over, and those that went through; each is given once. */
  takeDue(nowMs: number): readonly Point[] {
    const { intervalMs, graceMs } = this.#options
    for (const slot of this.#slots.values()) {
      const endMs = slot.startMs + intervalMs
      // What lies ahead of the clock was told before it was set back.
      const isOver = nowMs >= endMs + graceMs || slot.startMs > nowMs + intervalMs
      if (slot.count > 0 && isOver) {
        this.#close(slot, slot.startMs)
        // What comes for it now is late.
        slot.startMs = endMs
      }
      if (slot.count === 0 && Math.abs(nowMs - slot.startMs) > idleIntervals * intervalMs)
        this.#forget(slot)
    }
    return this.takeReady()
  }

  /** @returns The points that only wait to be taken; open intervals stay open. */
  takeReady(): readonly Point[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  /**
   * Ends all intervals before their time. Their points are stamped with the newest point in them, so that what an agent
   * started in the same interval tells of its rest does not take their place.
   */
  takeAll(): readonly Point[] {
    for (const slot of this.#slots.values()) if (slot.count > 0) this.#close(slot, slot.lastMs)
    return this.takeReady()
  }

  #meet(series: Series): Slot | 'seldom' {
    const { intervalS } = series
    const isSeldom = intervalS === 0 || intervalS >= Math.min(seldomS, this.#intervalS)
    const found = isSeldom ? 'seldom' : this.#slotOf(series)
    this.#known.set(series, found)
    return found
  }

  #slotOf(series: Series): Slot {
    const { metric, host, kind, tags } = series
    const key = [metric, host, kind, ...tags.toSorted()].join('\0')
    const found = this.#slots.get(key)
    if (found !== undefined) return found
    const way = kind === 'count' ? 'sum' : isAveraged(series) ? 'average' : 'last'
    const slot: Slot = {
      key,
      way,
      series: { ...series, intervalS: this.#intervalS },
      isKept: false,
      startMs: Number.NEGATIVE_INFINITY,
      lastMs: 0,
      count: 0,
      value: 0,
    }
    return slot
  }

  #keep(slot: Slot): void {
    slot.isKept = true
    this.#slots.set(slot.key, slot)
  }

  #forget(slot: Slot): void {
    slot.isKept = false
    this.#slots.delete(slot.key)
  }

  /** The point is of another interval than those before. */
  #moveTo(startMs: number, slot: Slot, point: Point): void {
    const { intervalMs, onLate } = this.#options
    const isLate = startMs < slot.startMs && slot.startMs - startMs <= 2 * intervalMs
    if (isLate && slot.way !== 'sum') {
      onLate(1)
      return
    }
    if (!isLate) {
      if (slot.count > 0) this.#close(slot, slot.startMs)
      slot.startMs = startMs
    }
    // A late count is told with the next: nothing of a sum is lost.
    add(slot, point)
  }

  #close(slot: Slot, timeMs: number): void {
    const value = slot.way === 'average' ? slot.value / slot.count : slot.value
    this.#ready.push({ kind: 'point', series: slot.series, value, timeMs })
    slot.count = 0
    slot.value = 0
  }
}

/** A series and its open interval. */
interface Slot {
  readonly key: string
  readonly way: 'sum' | 'average' | 'last'
  /** As it is sent: the same object for all its points. */
  readonly series: Series
  isKept: boolean
  startMs: number
  /** Of the newest point in the interval. */
  lastMs: number
  /** Points in the interval; 0 when it has been told. */
  count: number
  value: number
}

function add(slot: Slot, { value, timeMs }: Point): void {
  slot.count += 1
  if (slot.way !== 'last') slot.value += value
  else if (timeMs >= slot.lastMs || slot.count === 1) slot.value = value
  slot.lastMs = slot.count === 1 ? timeMs : Math.max(slot.lastMs, timeMs)
}
