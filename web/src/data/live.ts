import { createContext, useContext, useLayoutEffect, useSyncExternalStore } from 'react'

import type { AgentSummary } from '../../../src/api/contract/agents.ts'
import type { ServerCost } from '../../../src/api/contract/live.ts'
import type { LiveRow } from './live-row.ts'
import type { Link, LiveStore } from './live-store.ts'
import type { LiveStream } from './live-stream.ts'
import type { PaintQueue } from './paint-queue.ts'

/** What is live, the stream it comes from, and the queue of those who write it into the page. */
export interface Live {
  readonly store: LiveStore
  readonly paints: PaintQueue
  readonly stream: LiveStream
}

/** Hands the live store to the pages below. */
export const LiveContext = createContext<Live | undefined>(undefined)

/** The live store and its stream. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('Cannot show live figures: no LiveContext is above')
  return live
}

/** How the page stands with the server; renders again when that changes. */
export function useLink(): Link {
  const { store } = useLive()
  return useSyncExternalStore(store.onLink, store.link)
}

/** All containers; renders again when one appears, changes or goes, not when figures change. */
export function useRows(): ReadonlyMap<number, LiveRow> {
  const { store } = useLive()
  return useSyncExternalStore(store.onRows, store.rows)
}

/** Whether the first snapshot has come. */
export function useIsFilled(): boolean {
  const { store } = useLive()
  return useSyncExternalStore(store.onRows, store.isFilled)
}

/** All agents; renders again once a second. */
export function useAgents(): readonly AgentSummary[] {
  const { store } = useLive()
  return useSyncExternalStore(store.onAgents, store.agents)
}

/** What the server itself takes; renders again once a second. `undefined` in the past. */
export function useServerCost(): ServerCost | undefined {
  const { store } = useLive()
  return useSyncExternalStore(store.onAgents, store.server)
}

/** Calls `paint` when the component is shown or `paint` changes, and then in a slice of a frame after each beat. */
export function usePaint(paint: () => void): void {
  const { store, paints } = useLive()
  useLayoutEffect(() => {
    paint()
    const unsubscribe = store.onBeat(() => paints.add(paint))
    return () => {
      unsubscribe()
      paints.remove(paint)
    }
  }, [store, paints, paint])
}

/** The number of the server's current span of `spanMs`; renders again when the next one begins. */
export function useBeat(spanMs: number): number {
  const { store } = useLive()
  return useSyncExternalStore(store.onBeat, () => Math.floor(store.nowMs() / spanMs))
}
