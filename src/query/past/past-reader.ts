import type { TagScope } from '../../model/person.ts'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import type { ContainerRecord } from '../../store/store.ts'
import { narrowClient } from '../scope/narrow-client.ts'
import type { ReadClient } from '../scope/read-client.ts'
import type { PastGrid } from './choose-past-grid.ts'
import { chooseWindow, endOf, widestWindow } from './choose-window.ts'
import type { PastWindow } from './past-window.ts'
import { PastWindows, placesWithin } from './past-windows.ts'
import { readFirstS } from './read-first.ts'
import { endOfMoment, readPastPoints, type PastPoints } from './read-past-points.ts'
import { readStatesBefore, readStatesBetween } from './read-past-states.ts'
import { readShortRuns } from './read-short-runs.ts'

/** What the past is read from; the states of all containers, since the newest one decides who may see it. */
export interface PastStore {
  readonly read: ReadClient
  readonly tiers: () => TierStates
}

/** What is read, and for whom: for all, or for somebody who sees what meets a scope. */
export interface ReadQuestion {
  readonly grid: PastGrid
  readonly tiers: TierStates
  /** The second it is now, Unix time. */
  readonly nowS: number
  readonly scope: TagScope | undefined
}

/** What a table shows of each container, as far as figures are counted, and of a host with its agent. */
const seriesOf = { container: 12, host: 24 } as const
const firstKeptS = 60

/** Reads the past, and keeps for a while what lies around the moments that were asked for. */
export class PastReader {
  readonly #store: PastStore
  readonly #windows = new PastWindows()
  readonly #coming = new Map<string, Promise<PastWindow | undefined>>()
  #first: { readonly firstS: number; readonly untilS: number } | undefined

  constructor(store: PastStore) {
    this.#store = store
  }

  tiers(): TierStates {
    return this.#store.tiers()
  }

  /** The first second of which anything is kept, Unix time; undefined where nothing is. */
  async firstS(nowS: number): Promise<number | undefined> {
    if (this.#first !== undefined && nowS < this.#first.untilS) return this.#first.firstS
    const firstS = await readFirstS(this.#store.read)
    this.#first = firstS === undefined ? undefined : { firstS, untilS: nowS + firstKeptS }
    return firstS
  }

  /** Some minutes around a grid, read or kept; undefined for a grid that is too long, or has too much, for that. */
  async window(question: ReadQuestion): Promise<PastWindow | undefined> {
    if (chooseWindow(question, Infinity) === undefined) return undefined
    const { grid, nowS, scope } = question
    const scopeName = scope === undefined ? '' : JSON.stringify(scope)
    const kept = this.#windows.find({ grid, scopeName, nowS })
    if (kept !== undefined) return kept
    const { keptFromS: _, ...widest } = widestWindow(question)
    const name = JSON.stringify([scopeName, widest])
    const coming = this.#coming.get(name) ?? this.#readWindow(question)
    this.#coming.set(name, coming)
    try {
      const window = await coming
      if (window !== undefined) this.#windows.keep(window, { scopeName, nowS })
      return window
    } finally {
      this.#coming.delete(name)
    }
  }

  /** The states before and within a grid, in no order. */
  async states(grid: PastGrid): Promise<readonly ContainerRecord[]> {
    const { read } = this.#store
    const time = {
      fromMs: endOfMoment(grid, grid.fromS),
      toMs: endOfMoment(grid, endOf(grid)),
    }
    const [before, after, runs] = await Promise.all([
      readStatesBefore(read, time.fromMs),
      readStatesBetween(read, time),
      readShortRuns(read, time),
    ])
    return [...before, ...after, ...runs]
  }

  /** The figures of a grid. */
  points({ grid, tiers, scope }: Omit<ReadQuestion, 'nowS'>): Promise<readonly PastPoints[]> {
    const { read } = this.#store
    const client = scope === undefined ? read : narrowClient(read, scope)
    return readPastPoints(client, { grid, tiers, isNarrowed: scope !== undefined })
  }

  async #readWindow(question: ReadQuestion): Promise<PastWindow | undefined> {
    const states = await this.states(widestWindow(question))
    const containers = new Set(states.map(({ container }) => container.id))
    const hosts = new Set(states.map(({ host }) => host))
    const series = containers.size * seriesOf.container + hosts.size * seriesOf.host
    const grid = chooseWindow(question, placesWithin(series, states.length))
    if (grid === undefined) return undefined
    return { grid, states, points: await this.points({ ...question, grid }) }
  }
}
