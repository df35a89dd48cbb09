import type { ContainerRow } from './containers.ts'
import type { LiveAgent } from './live-agents.ts'

/**
 * `GET /api/live`: server-sent events, named as below, JSON as data.
 * A stream starts with one `snapshot`; after a tab was too slow it gets a fresh one in place of what it missed.
 */
export interface LiveSnapshot {
  readonly time: number
  /** Changes when the server restarts: keys start anew. */
  readonly serverId: string
  /** All containers the agents know, running or not. */
  readonly containers: readonly ContainerRow[]
  readonly agents: readonly LiveAgent[]
  /** Absent where the past is told. */
  readonly server?: ServerCost
}

/** What the server itself takes: share of one core (0.01 is 1 %) and resident bytes. */
export interface ServerCost {
  readonly cpuRatio: number
  readonly rssBytes: number
}

/**
 * Figures of one second, event `tick`. A row is `[key, …numbers in the order of figureNames]`, null where unread;
 * `[key]` alone means: read again at this second, all figures as before. A container that is missing was not read.
 */
export interface LiveTick {
  readonly time: number
  readonly rows: readonly (readonly (number | null)[])[]
}

/** Containers that appeared, changed state or were removed from the engine, event `containers`. */
export interface LiveContainers {
  readonly changed: readonly ContainerRow[]
  readonly removedKeys: readonly number[]
}
