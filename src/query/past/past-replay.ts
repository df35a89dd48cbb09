import type { LiveContainer } from '../../store/live-container.ts'
import { LiveFigureSet, type LiveSlot } from '../../store/live-figure-set.ts'
import { liveFigureNames, readHostFigures, type FigureOf } from '../../store/live-figures.ts'
import { LiveTable, type LiveChanges, type LiveTarget } from '../../store/live-table.ts'
import type { ContainerRecord } from '../../store/store.ts'
import { endOfMoment, leadPlaces, agentMetrics, type PastPoints } from './read-past-points.ts'
import type { PastGrid } from './choose-past-grid.ts'

/** What was heard from a host up to a moment. */
export interface PastHost {
  readonly host: string
  /** The second of its newest figure, Unix time; 0 before the first. */
  readonly heardS: number
  /** In the order of `hostFigureNames`; undefined where unread. */
  readonly figures: readonly (number | undefined)[]
  /** Share of one core, and bytes, of its agent; undefined where unread. */
  readonly agentCpuRatio: number | undefined
  readonly agentRssBytes: number | undefined
}

/** What a replay is made of. */
export interface PastData {
  readonly grid: PastGrid
  /** The states before the first moment. */
  readonly before: readonly ContainerRecord[]
  /** Those after it, in the order of time. */
  readonly after: readonly ContainerRecord[]
  readonly points: readonly PastPoints[]
}

interface HostTrack {
  /** Absent while no figure of the host itself has come. */
  figures: LiveFigureSet | undefined
  readonly cost: LiveFigureSet
  heardS: number
}

interface SeriesTrack {
  readonly target: LiveTarget
  readonly host: HostTrack
  /** For a figure of the agent itself. */
  readonly costSlot: LiveSlot | undefined
  readonly hasSpark: boolean
  readonly values: Float64Array
  /** Of what has no spark line, only the newest of the lead matters. */
  readonly firstPlace: number
}

const sparkSeconds = 60
const costFigures = new Map<string, FigureOf>([
  [agentMetrics.cpu, { index: 0, scale: 0.01, offset: 0 }],
  [agentMetrics.memory, { index: 1, scale: 1, offset: 0 }],
])
const sparkIndexes: ReadonlySet<number> = new Set([
  liveFigureNames.indexOf('cpu'),
  liveFigureNames.indexOf('memory'),
])

/**
 * Plays what is stored into a live table of its own, so that the past follows the rules of the present: which figure is too
 * old, what is added up, what a tick says.
 */
export class PastReplay {
  readonly #grid: PastGrid
  readonly #table: LiveTable
  readonly #tracks: readonly SeriesTrack[]
  readonly #hosts = new Map<string, HostTrack>()
  readonly #after: readonly ContainerRecord[]
  #told = 0
  #nowS: number

  /** Plays up to the first moment. */
  constructor({ grid, before, after, points }: PastData) {
    this.#grid = grid
    this.#nowS = grid.fromS - grid.leadS
    this.#table = new LiveTable({ clock: () => this.#nowS * 1000 })
    this.#table.prime(before)
    this.#after = after
    for (const { host } of before) this.#hostOf(host)
    this.#tracks = points.map((one) => this.#follow(one))
    for (let place = 0; place < leadPlaces(grid); place += 1) this.#playLead(place)
    this.#table.takeChanges()
  }

  /** All containers as they were at the first moment, before it is gone on. */
  containers(): readonly LiveContainer[] {
    return this.#table.snapshot()
  }

  /** What was heard from the hosts up to now, by name. */
  hosts(): readonly PastHost[] {
    return Array.from(this.#hosts, ([host, { figures, cost, heardS }]) => ({
      host,
      heardS,
      figures: readHostFigures((index) => figures?.figure(index)),
      agentCpuRatio: cost.figure(0),
      agentRssBytes: cost.figure(1),
    })).toSorted((a, b) => (a.host < b.host ? -1 : 1))
  }

  /** Goes on to the moment of a frame, from 1, and gives what is new. */
  playTo(frame: number): LiveChanges {
    const { fromS, stepS } = this.#grid
    const timeS = fromS + frame * stepS
    this.#nowS = timeS
    this.#tellStates(endOfMoment(this.#grid, timeS))
    this.#record(leadPlaces(this.#grid) + frame - 1, timeS, false)
    return this.#table.takeChanges()
  }

  /** An interval that was rolled up has the same mean at each of its seconds, where a spark line shows them. */
  #playLead(place: number): void {
    const { fromS, leadS, resolutionS } = this.#grid
    const endS = fromS - leadS + (place + 1) * resolutionS
    const expandedFromS = Math.max(endS - resolutionS + 1, fromS - 2 * sparkSeconds)
    const firstS = Math.min(endS, expandedFromS)
    for (let timeS = firstS; timeS <= endS; timeS += 1) {
      this.#nowS = timeS
      this.#record(place, timeS, timeS < endS)
    }
  }

  #record(place: number, timeS: number, isSparkOnly: boolean): void {
    const timesMs: number[] = []
    const values: number[] = []
    const targets: LiveTarget[] = []
    for (const track of this.#tracks) {
      if (place < track.firstPlace || (isSparkOnly && !track.hasSpark)) continue
      const value = track.values[place] ?? Number.NaN
      if (Number.isNaN(value)) continue
      track.host.heardS = timeS
      if (track.costSlot === undefined) {
        targets.push(track.target)
        timesMs.push(timeS * 1000)
        values.push(value)
      } else track.costSlot.set.record(track.costSlot, { timeS, nowS: timeS }, value)
    }
    const columns = { timesMs: Float64Array.from(timesMs), values: Float64Array.from(values) }
    this.#table.record(targets, columns)
  }

  #tellStates(beforeMs: number): void {
    for (; this.#told < this.#after.length; this.#told += 1) {
      const state = this.#after[this.#told]
      if (state === undefined || state.timeMs >= beforeMs) return
      this.#hostOf(state.host)
      this.#table.applyInventory({
        kind: 'inventory',
        host: state.host,
        timeMs: state.timeMs,
        isFull: false,
        containers: [state.container],
        removedIds: [],
      })
    }
  }

  #follow({ series, values }: PastPoints): SeriesTrack {
    const host = this.#hostOf(series.host)
    const cost = costFigures.get(series.metric)
    const target = this.#table.follow(series)
    const { slot, entry } = target
    if (slot !== undefined && entry === undefined) host.figures = slot.set
    const hasSpark = entry !== undefined && sparkIndexes.has(slot?.figure.index ?? -1)
    const lead = leadPlaces(this.#grid)
    const newest = values.subarray(0, lead).findLastIndex((value) => !Number.isNaN(value))
    return {
      target,
      host,
      costSlot: cost && host.cost.slotOf(series.id, cost, series.intervalS),
      hasSpark,
      values,
      firstPlace: hasSpark ? 0 : Math.max(0, newest),
    }
  }

  #hostOf(name: string): HostTrack {
    const known = this.#hosts.get(name)
    if (known !== undefined) return known
    const host = { figures: undefined, cost: new LiveFigureSet(2, []), heardS: 0 }
    this.#hosts.set(name, host)
    return host
  }
}
