import type { LiveAgents } from './live-agents.ts'
import type { LiveContainers, LiveSnapshot, LiveTick } from './live.ts'

/** One change in the past, in the words of the live stream. */
export type PastEvent =
  | { readonly kind: 'tick'; readonly data: LiveTick }
  | { readonly kind: 'containers'; readonly data: LiveContainers }
  | { readonly kind: 'agents'; readonly data: LiveAgents }

/**
 * `GET /api/past?at=<s>&seconds=<n>&step=<s>`: the Containers table as it was at a second, and what changed in it until
 * `toS`, told as the live stream would have told it: a page that plays it applies one event after the other. Keys of
 * containers and agents hold within one answer only.
 */
export interface PastAnswer {
  /**
   * Unix seconds: the moment that the snapshot shows, which is `at` rounded up to `resolutionS`, or two seconds ago where
   * `at` is newer than that; and the moment up to which the events tell all, which is `fromS` where none were asked for.
   */
  readonly fromS: number
  readonly toS: number
  /**
   * Seconds between two ticks, not finer than `resolutionS`. A tick tells of the `stepS` seconds up to its time: the figures
   * of that second for 1, else their mean.
   */
  readonly stepS: number
  /** How fine figures of that time are kept: 1, 10, 60 or 3600 seconds. */
  readonly resolutionS: number
  /** Times before this are not kept at all; Unix seconds. */
  readonly keptFromS: number
  readonly snapshot: LiveSnapshot
  readonly events: readonly PastEvent[]
}
