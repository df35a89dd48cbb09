import { figureNames, type Figures } from '../../api/contract/containers.ts'

/** The newest ten minutes of a container's figures, a second each. */
export interface Trail {
  /** Figures of one second, in the order of `figureNames`. */
  readonly put: (timeMs: number, figures: readonly (number | null)[]) => void
  /** One figure of one second that is known from elsewhere; what was heard live stays. */
  readonly fill: (timeMs: number, name: keyof Figures, value: number | null) => void
  /** The `count` seconds up to `toMs`, the oldest first; undefined where nothing was read. */
  readonly read: (
    name: keyof Figures,
    toMs: number,
    count: number,
  ) => readonly (number | undefined)[]
}

/** How many seconds a trail reaches back. */
export const trailSeconds = 600

/** An empty trail. */
export function createTrail(): Trail {
  const seconds = new Float64Array(trailSeconds).fill(-1)
  const values = new Float64Array(trailSeconds * figureNames.length).fill(Number.NaN)

  /** Where the second is kept, emptied of what was there before it; undefined for one that is too old. */
  function open(timeMs: number): number | undefined {
    const second = Math.floor(timeMs / 1000)
    const place = second % trailSeconds
    const kept = seconds[place] ?? -1
    if (kept > second) return undefined
    if (kept < second) {
      seconds[place] = second
      values.fill(Number.NaN, place * figureNames.length, (place + 1) * figureNames.length)
    }
    return place * figureNames.length
  }

  return {
    put(timeMs, figures) {
      const place = open(timeMs)
      if (place === undefined) return
      for (const [at, value] of figures.entries()) values[place + at] = value ?? Number.NaN
    },
    fill(timeMs, name, value) {
      const place = open(timeMs)
      const at = figureNames.indexOf(name)
      if (place === undefined || value === null || !Number.isNaN(values[place + at])) return
      values[place + at] = value
    },
    read(name, toMs, count) {
      const at = figureNames.indexOf(name)
      const newest = Math.floor(toMs / 1000)
      return Array.from({ length: count }, (_, index) => {
        const second = newest - count + 1 + index
        const place = second % trailSeconds
        const value =
          seconds[place] === second ? values[place * figureNames.length + at] : undefined
        return value === undefined || Number.isNaN(value) ? undefined : value
      })
    },
  }
}
