import { useCallback, useState } from 'react'

import type { Burst } from './group-bursts.ts'
import { isBurstOpen } from './list-items.ts'

/** Which rows and bursts are open, and what opens and closes them. */
export interface OpenLines {
  readonly rows: ReadonlySet<string>
  /** Ids of rows of bursts that were opened: a burst that has grown since is still open. */
  readonly bursts: ReadonlySet<string>
  readonly toggleRow: (key: string) => void
  readonly toggleBurst: (burst: Burst) => void
}

/** Remembers what is open; at first the row that a link led to, and the burst it is in. */
export function useOpenLines(marked: string): OpenLines {
  const [rows, setRows] = useState<ReadonlySet<string>>(() => firstOpen(marked))
  const [bursts, setBursts] = useState<ReadonlySet<string>>(() => firstOpen(marked))
  const toggleRow = useCallback((key: string) => {
    setRows((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const toggleBurst = useCallback((burst: Burst) => {
    setBursts((before) => {
      const ids = burst.rows.map(({ id }) => id)
      if (isBurstOpen(burst, before)) return before.difference(new Set(ids))
      return new Set(before).add(burst.key)
    })
  }, [])
  return { rows, bursts, toggleRow, toggleBurst }
}

function firstOpen(marked: string): ReadonlySet<string> {
  return new Set(marked === '' ? [] : [marked])
}
