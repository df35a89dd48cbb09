import { takeAgentNews, type LiveAgent, type LiveAgents } from '../../api/contract/live-agents.ts'
import type { LiveContainers, LiveSnapshot, LiveTick, ServerCost } from '../../api/contract/live.ts'
import { createLiveRow, farewellMs, type LiveRow } from './live-row.ts'
import { createTrail, type Trail } from './trail.ts'

/** How a screen stands with the server. Times are Unix milliseconds of this machine. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | {
      readonly kind: 'lost'
      readonly sinceMs: number
      readonly retryAtMs: number
      readonly reason: string
    }

/** All that is live, in this process. */
export interface LiveTable {
  /** Takes in one event of `GET /api/live`; others than those of `contract/live.ts` are passed over. */
  readonly take: (event: string, json: string) => void
  readonly setLink: (link: Link) => void
  readonly link: () => Link
  /** Whether a snapshot has come. */
  readonly isFilled: () => boolean
  /** In no order. */
  readonly rows: () => Iterable<LiveRow>
  readonly rowOf: (id: string) => LiveRow | undefined
  readonly agents: () => readonly LiveAgent[]
  readonly server: () => ServerCost | undefined
  /** The server's time now, Unix milliseconds; it goes on while the server is away. */
  readonly nowMs: () => number
  /** Keeps a trail of this container from now on, and of no other. */
  readonly follow: (id: string) => Trail
}

interface State {
  rows: Map<number, LiveRow>
  agents: readonly LiveAgent[]
  server: ServerCost | undefined
  link: Link
  isFilled: boolean
  newestMs: number
  heardAtMs: number
  followed: { readonly id: string; readonly trail: Trail } | undefined
}

/** An empty table that waits for its first snapshot; `elapsedMs` is a clock that only goes forward. */
export function createLiveTable(elapsedMs: () => number): LiveTable {
  const state: State = {
    rows: new Map(),
    agents: [],
    server: undefined,
    link: { kind: 'connecting' },
    isFilled: false,
    newestMs: 0,
    heardAtMs: 0,
    followed: undefined,
  }
  const nowMs = (): number =>
    state.isFilled ? state.newestMs + (elapsedMs() - state.heardAtMs) : Date.now()
  const rowOf = (id: string): LiveRow | undefined =>
    state.rows.values().find(({ container }) => container.id === id)

  return {
    take(event, json) {
      const timeMs = change(state, event, json)
      if (timeMs === undefined) return
      state.newestMs = event === 'snapshot' ? timeMs : Math.max(timeMs, state.newestMs)
      state.heardAtMs = elapsedMs()
      forgetRemoved(state)
    },
    setLink(link) {
      state.link = link
    },
    link: () => state.link,
    isFilled: () => state.isFilled,
    rows: () => state.rows.values(),
    rowOf,
    agents: () => state.agents,
    server: () => state.server,
    nowMs,
    follow(id) {
      if (state.followed?.id === id) return state.followed.trail
      for (const row of state.rows.values()) row.trail = undefined
      const trail = createTrail()
      state.followed = { id, trail }
      followIn(state)
      return trail
    },
  }
}

/** The time of the event, where it has one. Both sides are of the same version: the contract says what each event carries. */
function change(state: State, event: string, json: string): number | undefined {
  switch (event) {
    case 'snapshot':
      return takeSnapshot(state, JSON.parse(json))
    case 'tick':
      return takeTick(state, JSON.parse(json))
    case 'containers':
      takeContainers(state, JSON.parse(json))
      return undefined
    case 'agents': {
      const told: LiveAgents = JSON.parse(json)
      state.agents = takeAgentNews(state.agents, told)
      state.server = told.server
      return told.time
    }
    default:
      return undefined
  }
}

function takeSnapshot(state: State, { time, containers, agents, server }: LiveSnapshot): number {
  state.rows = new Map(containers.map((container) => [container.key, createLiveRow(container)]))
  state.agents = agents
  state.server = server
  state.isFilled = true
  followIn(state)
  return time
}

function takeTick(state: State, { time, rows }: LiveTick): number {
  for (const numbers of rows) {
    // A key that is not known yet belongs to a container whose `containers` event is still on its way.
    const row = state.rows.get(numbers[0] ?? -1)
    if (row === undefined) continue
    // A key alone: read again, all figures as before.
    if (numbers.length > 1) row.numbers = numbers
    row.readAtMs = time
    row.trail?.put(time, row.numbers.slice(1))
  }
  return time
}

function takeContainers(state: State, { changed, removedKeys }: LiveContainers): void {
  for (const container of changed) {
    const known = state.rows.get(container.key)
    if (known === undefined) state.rows.set(container.key, createLiveRow(container))
    else {
      known.container = container
      known.removedAtMs = undefined
    }
  }
  for (const key of removedKeys) {
    const row = state.rows.get(key)
    if (row !== undefined) row.removedAtMs ??= state.newestMs
  }
  followIn(state)
}

/** Gives the trail to the row that is followed, with the minute that it came with. */
function followIn({ followed, rows }: State): void {
  if (followed === undefined) return
  const row = rows.values().find(({ container }) => container.id === followed.id)
  if (row === undefined || row.trail === followed.trail) return
  row.trail = followed.trail
  const { spark, figuresAt } = row.container
  if (figuresAt === null) return
  for (const name of ['cpu', 'memory'] as const) {
    const values = spark[name]
    for (const [at, value] of values.entries()) {
      followed.trail.fill(figuresAt - (values.length - 1 - at) * 1000, name, value)
    }
  }
}

function forgetRemoved({ rows, newestMs }: State): void {
  for (const [key, { removedAtMs }] of rows) {
    if (removedAtMs !== undefined && newestMs - removedAtMs > farewellMs) rows.delete(key)
  }
}
