import { useRouter } from '@tanstack/react-router'
import { createContext, useCallback, useContext } from 'react'

import type { ChartEvent } from './chart-event.ts'

/** The events that all charts of a page mark, the newest first; the same list as long as nothing has changed. */
export const MarksContext = createContext<readonly ChartEvent[]>([])

/** The events that the page around marks on its charts. */
export function usePageMarks(): readonly ChartEvent[] {
  return useContext(MarksContext)
}

/** Opens what is told of a mark. */
export function useOpenMark(): (event: ChartEvent) => void {
  const router = useRouter()
  return useCallback(
    ({ address }) => {
      if (address !== undefined) router.history.push(address)
    },
    [router],
  )
}
