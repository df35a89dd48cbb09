import type { ContainerRecord } from '../../store/store.ts'
import { endOf } from './choose-window.ts'
import type { PastGrid } from './choose-past-grid.ts'
import type { PastData } from './past-replay.ts'
import { endOfMoment, leadPlaces, type PastPoints } from './read-past-points.ts'

/** All that is stored of some minutes: what each question about a part of them is answered from. */
export interface PastWindow {
  /** A moment for each interval. */
  readonly grid: PastGrid
  /** Those before its first moment, and those until its last one, in no order. */
  readonly states: readonly ContainerRecord[]
  readonly points: readonly PastPoints[]
}

/** Of the states, those at the first moment of a grid without what is gone by then, and the changes until its last. */
export function cutStates(
  states: readonly ContainerRecord[],
  grid: PastGrid,
): Pick<PastData, 'before' | 'after'> {
  const fromMs = endOfMoment(grid, grid.fromS)
  const toMs = endOfMoment(grid, endOf(grid))
  const newest = new Map<string, ContainerRecord>()
  for (const state of states) {
    if (state.timeMs >= fromMs) continue
    const other = newest.get(state.container.id)
    if (other === undefined || other.timeMs <= state.timeMs) newest.set(state.container.id, state)
  }
  return {
    before: [...newest.values()].filter(({ container }) => container.state !== 'removed'),
    after: states
      .filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs)
      .toSorted((a, b) => a.timeMs - b.timeMs),
  }
}

/** The figures of a window at the places of a grid that lies within it. */
export function cutPoints({ grid: window, points }: PastWindow, grid: PastGrid): PastPoints[] {
  const { resolutionS, stepS, fromS, leadS, frames } = grid
  const lead = leadPlaces(grid)
  const first = (fromS - leadS - (window.fromS - window.leadS)) / resolutionS
  const ofFrame = stepS / resolutionS
  if (ofFrame === 1 || frames === 0) {
    const end = first + lead + frames
    return points.map(({ series, values }) => ({ series, values: values.subarray(first, end) }))
  }
  return points.map((one) => {
    const values = new Float64Array(lead + frames)
    values.set(one.values.subarray(first, first + lead))
    for (let frame = 0; frame < frames; frame += 1)
      values[lead + frame] = meanOf(one, first + lead + frame * ofFrame, ofFrame)
    return { series: one.series, values }
  })
}

/** Of all points of some places that follow one another; NaN where none is. */
function meanOf({ values, counts }: PastPoints, first: number, length: number): number {
  let sum = 0
  let weight = 0
  for (let place = first; place < first + length; place += 1) {
    const value = values[place] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const count = counts?.[place] ?? 1
    sum += value * count
    weight += count
  }
  return sum / weight
}
