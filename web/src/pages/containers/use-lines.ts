import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'

import { useLive, useRows } from '../../data/live.ts'
import { arrangeRows, isSameArrangement, type Line } from './arrange-rows.ts'
import { findColumn } from './columns.ts'
import { isLiveFilter } from './match-filter.ts'
import { parseFilter, type Filter } from './parse-filter.ts'
import type { View } from './view.ts'

/** Many agents may bring several ticks a second; rows change places no oftener than this. */
const reorderEveryMs = 300
/** How long rows stay where they are after the reader touched one. */
const holdMs = 1500

/** The lines the view asks for, of one host or of all (`''`), the filter it was read into, and a way to hold the order still for a moment. */
export function useLines(
  view: View,
  host: string,
): {
  readonly lines: readonly Line[]
  readonly filter: Filter
  readonly hold: () => void
} {
  const { store } = useLive()
  const rows = useRows()
  const { scope, sort, group, filterText } = view
  const filter = useMemo(() => parseFilter(filterText), [filterText])
  const isMoving = findColumn(sort.column)?.isLive === true || isLiveFilter(filter)
  const { beat, hold } = useHeldBeat(isMoving)
  const last = useRef<readonly Line[]>([])
  const lines = useMemo(() => {
    const arranged = arrangeRows(
      rows.values(),
      { scope, sort: { column: sort.column, isFalling: sort.isFalling }, group, filter, host },
      store.nowMs(),
    )
    return isSameArrangement(arranged, last.current) ? last.current : arranged
    // A new beat arranges anew: the figures that the order depends on have changed in place.
  }, [rows, scope, sort.column, sort.isFalling, group, filter, host, store, beat])
  last.current = lines
  return { lines, filter, hold }
}

/** A number that changes when it is time to arrange anew, and not while the reader holds on to a row. */
function useHeldBeat(isMoving: boolean): { readonly beat: number; readonly hold: () => void } {
  const { store } = useLive()
  const stillUntilMs = useRef(0)
  const beat = useRef(0)
  const read = (): number => {
    const nowMs = performance.now()
    const tickCount = store.tickCount()
    if (isMoving && tickCount !== beat.current && nowMs > stillUntilMs.current) {
      beat.current = tickCount
      stillUntilMs.current = nowMs + reorderEveryMs
    }
    return beat.current
  }
  const hold = useCallback(() => {
    stillUntilMs.current = performance.now() + holdMs
  }, [])
  return { beat: useSyncExternalStore(store.onBeat, read), hold }
}
