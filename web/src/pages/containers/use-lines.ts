import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'

import { useLive, useRows } from '../../data/live.ts'
import { arrangeRows, isSameArrangement, type Line } from './arrange-rows.ts'
import { findColumn } from './columns.ts'
import { labelOfGroup } from './group-by.ts'
import {
  isLiveFilter,
  labelsOfFilter,
} from '../../../../src/api/contract/container-filter/match-filter.ts'
import {
  parseFilter,
  type Filter,
} from '../../../../src/api/contract/container-filter/parse-filter.ts'
import { useLabels, type LabelState } from './use-labels.ts'
import type { View } from './view.ts'

/** Many agents may bring several ticks a second; rows change places no oftener than this. */
const reorderEveryMs = 300
/** How long rows stay where they are after the reader touched one. */
const holdMs = 1500

/**
 * The lines the view asks for, of one host or of all (`''`), the filter it was read into, how it stands with the labels that
 * either needs, and a way to hold the order still for a moment. While labels are waited for, the lines stay as they were.
 */
export function useLines(
  view: Pick<View, 'scope' | 'sort' | 'groups' | 'folding' | 'filterText'>,
  host: string,
): {
  readonly lines: readonly Line[]
  readonly filter: Filter
  readonly labels: LabelState
  readonly hold: () => void
} {
  const { store } = useLive()
  const rows = useRows()
  const { scope, sort, groups, folding, filterText } = view
  const filter = useMemo(() => parseFilter(filterText), [filterText])
  const wanted = useMemo(
    () => [...groups.flatMap((by) => labelOfGroup(by) ?? []), ...labelsOfFilter(filter)],
    [groups, filter],
  )
  const labels = useLabels(wanted, rows)
  const { labelOf, isWaiting, version } = labels
  const isMoving = findColumn(sort.column)?.isLive === true || isLiveFilter(filter)
  const { beat, hold } = useHeldBeat(isMoving)
  const last = useRef<readonly Line[]>([])
  const lines = useMemo(() => {
    if (isWaiting) return last.current
    const arranged = arrangeRows(
      rows.values(),
      {
        scope,
        sort: { column: sort.column, isFalling: sort.isFalling },
        groups,
        folding,
        filter,
        host,
      },
      { nowMs: store.nowMs(), labelOf },
    )
    return isSameArrangement(arranged, last.current) ? last.current : arranged
    // A new beat arranges anew: the figures that the order depends on have changed in place; so do labels with a new version.
  }, [
    rows,
    scope,
    sort.column,
    sort.isFalling,
    groups,
    folding,
    filter,
    host,
    store,
    beat,
    labelOf,
    isWaiting,
    version,
  ])
  last.current = lines
  return { lines, filter, labels, hold }
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
