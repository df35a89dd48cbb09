import type { FigureOf } from './live-figures.ts'

/** Seconds that a spark line covers. */
const sparkSeconds = 60

/** A clock that is further ahead than this was set wrong; when it is set right its times may go back. */
const clockAheadS = 5
/** How long a figure of a series without an interval is good for: the agent's usual interval. */
const unknownIntervalS = 15
/** Series of one container or host that are followed; more are only stored. */
const maxSeries = 256

/** Where the points of one series go. */
export interface LiveSlot {
  readonly set: LiveFigureSet
  readonly figure: FigureOf
  readonly intervalS: number
  /** The newest second taken from this series: nothing older or equal counts again. */
  lastTimeS: number
}

/** The second of a point, and the second it is now; Unix time. */
export interface LiveMoment {
  timeS: number
  readonly nowS: number
}

/** The newest figures of one container or one host, each the sum of its series of the same second. */
export class LiveFigureSet {
  /** NaN before the first value. */
  readonly #values: Float64Array
  readonly #timesS: Float64Array
  readonly #intervalsS: Float64Array
  /** A ring of `sparkSeconds` for figures that have one, by second modulo its length. */
  readonly #sparks: readonly (Float64Array | undefined)[]
  readonly #slots = new Map<bigint, LiveSlot>()
  #newestS = 0
  /** Nobody reads it any more: whoever writes to it is to look for another. */
  isDropped = false

  constructor(length: number, sparkIndexes: readonly number[]) {
    this.#values = new Float64Array(length).fill(Number.NaN)
    this.#timesS = new Float64Array(length)
    this.#intervalsS = new Float64Array(length)
    this.#sparks = Array.from({ length }, (_, index) =>
      sparkIndexes.includes(index) ? new Float64Array(sparkSeconds).fill(Number.NaN) : undefined,
    )
  }

  /** The newest second of all figures, Unix time; 0 before the first. */
  get newestS(): number {
    return this.#newestS
  }

  /** The slot of a series, always the same one for one id; undefined when there are too many series. */
  slotOf(seriesId: bigint, figure: FigureOf, intervalS: number): LiveSlot | undefined {
    const known = this.#slots.get(seriesId)
    if (known !== undefined || this.#slots.size >= maxSeries) return known
    const slot = { set: this, figure, intervalS: intervalS || unknownIntervalS, lastTimeS: 0 }
    this.#slots.set(seriesId, slot)
    return slot
  }

  /** Takes a point in; false when it is older than what is there or was taken before. */
  record(slot: LiveSlot, { timeS, nowS }: LiveMoment, value: number): boolean {
    if (timeS <= slot.lastTimeS && slot.lastTimeS <= nowS + clockAheadS) return false
    slot.lastTimeS = timeS
    if (timeS > this.#newestS) this.#advance(timeS)
    else if (this.#newestS > nowS + clockAheadS) this.#restart(timeS)
    const { index, scale, offset } = slot.figure
    const figureS = this.#timesS[index] ?? 0
    if (timeS < figureS) return false
    const added = offset + scale * value
    const figure = timeS > figureS ? added : (this.#values[index] ?? 0) + added
    this.#values[index] = figure
    this.#timesS[index] = timeS
    this.#intervalsS[index] = slot.intervalS
    const spark = this.#sparks[index]
    if (spark !== undefined && timeS > this.#newestS - sparkSeconds)
      spark[timeS % sparkSeconds] = figure
    return true
  }

  /** The n-th figure; undefined when it was not read within its interval before the newest second. */
  figure(index: number): number | undefined {
    const timeS = this.#timesS[index] ?? 0
    if (timeS === 0 || this.#newestS - timeS > (this.#intervalsS[index] ?? 0)) return undefined
    return this.#values[index]
  }

  /** The 60 seconds up to the newest of a figure that has a spark line, oldest first; NaN where nothing was read. */
  spark(index: number): number[] {
    const ring = this.#sparks[index]
    const firstS = this.#newestS + 1
    return Array.from(
      { length: sparkSeconds },
      (_, n) => ring?.[(firstS + n) % sparkSeconds] ?? Number.NaN,
    )
  }

  #advance(timeS: number): void {
    const firstS = Math.max(this.#newestS + 1, timeS - sparkSeconds + 1)
    for (const spark of this.#sparks) {
      if (spark === undefined) continue
      for (let gapS = firstS; gapS <= timeS; gapS++) spark[gapS % sparkSeconds] = Number.NaN
    }
    this.#newestS = timeS
  }

  #restart(timeS: number): void {
    this.#newestS = timeS
    this.#timesS.fill(0)
    this.#values.fill(Number.NaN)
    for (const spark of this.#sparks) spark?.fill(Number.NaN)
  }
}
