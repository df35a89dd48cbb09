import type { LiveLate } from '../../../src/api/contract/happenings.ts'
import {
  takeAgentNews,
  type LiveAgent,
  type LiveAgents,
} from '../../../src/api/contract/live-agents.ts'
import type {
  LiveContainers,
  LiveSnapshot,
  LiveTick,
  ServerCost,
} from '../../../src/api/contract/live.ts'
import { createLiveRow, readTickRow, type LiveRow } from './live-row.ts'
import { createSignal, type Signal } from './signal.ts'
import { createTrail, type Trail } from './trail.ts'

/**
 * How the page stands with the server. Times are Unix milliseconds of this browser. A store in the `past` holds a moment
 * that was asked for: nothing in it is live, and its now is that moment.
 */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'paused'; readonly sinceMs: number }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly retryAtMs: number }
  /** `stepS`: how many seconds, up to its time, each reading stands for. */
  | { readonly kind: 'past'; readonly stepS: number }

/** One event of the live stream. */
export type LiveEvent =
  | { readonly kind: 'snapshot'; readonly data: LiveSnapshot }
  | { readonly kind: 'tick'; readonly data: LiveTick }
  | { readonly kind: 'containers'; readonly data: LiveContainers }
  | { readonly kind: 'agents'; readonly data: LiveAgents }
  | { readonly kind: 'late'; readonly data: LiveLate }

/**
 * All that is live. It lives outside React: events change rows in place at once, and who subscribed is told once a frame,
 * so that a thousand rows cost a page only those it shows.
 */
export interface LiveStore {
  apply(event: LiveEvent): void
  setLink(link: Link): void
  readonly link: () => Link
  /** Whether a snapshot has come, so that an empty list means that there are no containers. */
  readonly isFilled: () => boolean
  /** By their short number, in no order. The same map for as long as no container appears, changes or goes. */
  readonly rows: () => ReadonlyMap<number, LiveRow>
  rowOf(id: string): LiveRow | undefined
  readonly agents: () => readonly LiveAgent[]
  /** What the server itself takes; `undefined` in the past. The same object until it is told anew. */
  readonly server: () => ServerCost | undefined
  /** How many ticks were heard: another number means other figures. */
  tickCount(): number
  /** The server's time now, Unix milliseconds; it stands still while nothing comes. */
  nowMs(): number
  /** A trail of the readings of a container, kept from `begin` to `end`, across restarts of the server. */
  follow(id: string): Following
  /** A container appeared, changed or went. */
  readonly onRows: Signal['subscribe']
  /** Once a frame in which anything was heard. */
  readonly onBeat: Signal['subscribe']
  /** The agents, or what the server takes, were told anew: once a second. */
  readonly onAgents: Signal['subscribe']
  readonly onLink: Signal['subscribe']
  /**
   * Something was told late that happened at the given time (Unix milliseconds) or since; at any time where a snapshot comes,
   * since nobody knows what was told before it.
   */
  readonly onLate: Signal<number>['subscribe']
}

/** The readings of one container, kept for as long as someone looks at them. */
export interface Following {
  readonly trail: Trail
  readonly begin: () => void
  readonly end: () => void
}

/** What a store needs from its surroundings. */
export interface LiveStoreOptions {
  /** Calls back at the next frame. */
  readonly schedule: (callback: () => void) => void
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsedMs: () => number
}

const trailSeconds = 3600
/** How far the clock may run on after the last event: longer, and the stream is as good as lost. */
const maxDriftMs = 10_000

interface State {
  rows: Map<number, LiveRow>
  agents: readonly LiveAgent[]
  server: ServerCost | undefined
  link: Link
  isFilled: boolean
  tickCount: number
  newestMs: number
  heardAtMs: number
}

/** An empty store that waits for its first snapshot. */
export function createLiveStore({ schedule, elapsedMs }: LiveStoreOptions): LiveStore {
  const state: State = {
    rows: new Map(),
    agents: [],
    server: undefined,
    link: { kind: 'connecting' },
    isFilled: false,
    tickCount: 0,
    newestMs: 0,
    heardAtMs: 0,
  }
  const trails = new Map<string, Set<Trail>>()
  const signals = {
    rows: createSignal(),
    beat: createSignal(),
    agents: createSignal(),
    link: createSignal(),
  }
  const pending = new Set<keyof typeof signals>()
  const late = createSignal<number>()

  function tell(): void {
    const told = [...pending]
    pending.clear()
    for (const name of told) signals[name].emit()
  }

  return {
    apply(event) {
      if (event.kind === 'late') {
        late.emit(event.data.fromMs)
        return
      }
      const isFirst = pending.size === 0
      for (const name of change(state, event, trails)) pending.add(name)
      pending.add('beat')
      if (event.kind !== 'containers') {
        state.newestMs = Math.max(event.data.time, event.kind === 'snapshot' ? 0 : state.newestMs)
        state.heardAtMs = elapsedMs()
      }
      // The last thing: what is told at once has to find all of it.
      if (isFirst) schedule(tell)
      if (event.kind === 'snapshot' && state.link.kind !== 'past') late.emit(0)
    },
    setLink(link) {
      state.link = link
      // Who hears that all is live must not find the page from before the first snapshot; and no frame comes while the page is hidden.
      pending.add('link')
      tell()
    },
    link: () => state.link,
    isFilled: () => state.isFilled,
    rows: () => state.rows,
    rowOf: (id) => [...state.rows.values()].find((row) => row.container.id === id),
    agents: () => state.agents,
    server: () => state.server,
    tickCount: () => state.tickCount,
    nowMs() {
      if (!state.isFilled) return Date.now()
      if (state.link.kind !== 'live') return state.newestMs
      return state.newestMs + Math.min(elapsedMs() - state.heardAtMs, maxDriftMs)
    },
    follow(id) {
      const trail = createTrail(trailSeconds)
      const followers = trails.get(id) ?? new Set()
      trails.set(id, followers)
      return { trail, begin: () => followers.add(trail), end: () => followers.delete(trail) }
    },
    onRows: signals.rows.subscribe,
    onBeat: signals.beat.subscribe,
    onAgents: signals.agents.subscribe,
    onLink: signals.link.subscribe,
    onLate: late.subscribe,
  }
}

type Changed = readonly ('rows' | 'agents')[]

function change(
  state: State,
  event: Exclude<LiveEvent, { kind: 'late' }>,
  trails: Map<string, Set<Trail>>,
): Changed {
  switch (event.kind) {
    case 'snapshot':
      takeSnapshot(state, event.data)
      return ['rows', 'agents']
    case 'tick':
      takeTick(state, event.data, trails)
      return []
    case 'containers':
      takeContainers(state, event.data)
      return ['rows']
    case 'agents':
      state.agents = takeAgentNews(state.agents, event.data)
      state.server = event.data.server
      return ['agents']
  }
}

function takeSnapshot(state: State, snapshot: LiveSnapshot): void {
  const stepS = stepOf(state.link)
  const rows = snapshot.containers.map(
    (container) => [container.key, createLiveRow(container, snapshot.time, stepS)] as const,
  )
  state.rows = new Map(rows)
  state.agents = snapshot.agents
  state.server = snapshot.server
  state.isFilled = true
}

function takeTick(state: State, tick: LiveTick, trails: Map<string, Set<Trail>>): void {
  state.tickCount += 1
  for (const tickRow of tick.rows) {
    // A key that is not known yet belongs to a container whose `containers` event is still on its way.
    const row = state.rows.get(tickRow[0] ?? -1)
    if (row === undefined) continue
    readTickRow(row, tickRow, tick.time)
    const followers = trails.get(row.container.id)
    if (followers === undefined) continue
    for (const trail of followers) trail.append(Math.floor(tick.time / 1000), row.numbers)
  }
}

function takeContainers(state: State, { changed, removedKeys }: LiveContainers): void {
  const rows = new Map(state.rows)
  for (const container of changed) {
    const known = rows.get(container.key)
    if (known === undefined) {
      rows.set(container.key, createLiveRow(container, state.newestMs, stepOf(state.link)))
    } else known.container = container
  }
  for (const key of removedKeys) rows.delete(key)
  state.rows = rows
}

function stepOf(link: Link): number {
  return link.kind === 'past' ? link.stepS : 1
}
