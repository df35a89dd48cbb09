import { isWithinWindow, endOf } from './choose-window.ts'
import type { PastGrid } from './choose-past-grid.ts'
import type { PastWindow } from './past-window.ts'

/** A window is kept if it takes no more than this, and so are all together. */
const keptBytes = 48 * 1024 * 1024

/** What a window is looked for by. */
export interface WindowKey {
  readonly grid: PastGrid
  /** Who may see it: the scope in words; empty for all. */
  readonly scopeName: string
  /** The second it is now, Unix time. */
  readonly nowS: number
}

/** Places of figures that a window may have for so many series and states to be kept. */
export function placesWithin(series: number, states: number): number {
  const figureBytes = keptBytes - states * bytesOfState - series * bytesOfSeries
  return Math.floor(figureBytes / (Math.max(1, series) * Float64Array.BYTES_PER_ELEMENT))
}

interface Kept {
  readonly scopeName: string
  readonly window: PastWindow
  readonly bytes: number
  /** Unix seconds; what comes late is seen afterwards. */
  readonly untilS: number
}

/** How long a window is kept whose last moment is at least so long ago: points may come late, and seldom do later. */
const keptFor = [
  { agoS: 600, keptS: 60 },
  { agoS: 30, keptS: 5 },
  { agoS: 0, keptS: 1 },
] as const
const bytesOfState = 2_000
const bytesOfSeries = 400

/** The windows that were read last, within a bound of bytes; the one that was asked for longest ago goes first. */
export class PastWindows {
  #kept: readonly Kept[] = []

  /** One that has all of a grid, read for the same scope, and lately. */
  find({ grid, scopeName, nowS }: WindowKey): PastWindow | undefined {
    this.#kept = this.#kept.filter(({ untilS }) => untilS > nowS)
    const found = this.#kept.find(
      (kept) => kept.scopeName === scopeName && isWithinWindow(grid, kept.window.grid),
    )
    if (found === undefined) return undefined
    this.#kept = [...this.#kept.filter((kept) => kept !== found), found]
    return found.window
  }

  /** Keeps what was read for a scope at a second. */
  keep(window: PastWindow, { scopeName, nowS }: Pick<WindowKey, 'scopeName' | 'nowS'>): void {
    const bytes = bytesOf(window)
    if (bytes > keptBytes) return
    const agoS = nowS - endOf(window.grid)
    const keptS = keptFor.find((one) => agoS >= one.agoS)?.keptS ?? 0
    const mine = { scopeName, window, bytes, untilS: nowS + keptS }
    const kept = [...this.#kept, mine]
    let overBytes = kept.reduce((sum, one) => sum + one.bytes, 0) - keptBytes
    this.#kept = kept.filter((one) => {
      const goes = overBytes > 0
      if (goes) overBytes -= one.bytes
      return !goes
    })
    // When nobody asks any more, nothing is kept.
    setTimeout(() => {
      this.#kept = this.#kept.filter((one) => one !== mine)
    }, keptS * 1000).unref()
  }
}

function bytesOf({ states, points }: PastWindow): number {
  return points.reduce(
    (sum, { values, counts }) =>
      sum + bytesOfSeries + values.byteLength + (counts?.byteLength ?? 0),
    states.length * bytesOfState,
  )
}
