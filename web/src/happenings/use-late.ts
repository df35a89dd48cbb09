import { useEffect } from 'react'

import { useLive } from '../data/live.ts'
import type { TimeRange } from '../ranges/time-range.ts'

/**
 * Calls `ask` when something was told late that may have happened in a range that has ended. Those who show a range that moves
 * on ask anew anyway.
 */
export function useLate(range: TimeRange, ask: () => unknown): void {
  const { store } = useLive()
  useEffect(() => {
    if (range.kind !== 'zoomed') return undefined
    return store.onLate((fromMs) => {
      if (fromMs <= range.span.toS * 1000) void ask()
    })
  }, [store, range, ask])
}
