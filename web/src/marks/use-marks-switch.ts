import { useCallback } from 'react'

import { useSearch, useSetSearch } from '../data/search.ts'

/** Whether the address asks for events on the charts of a page, and the way to ask for them or not. */
export interface MarksSwitch {
  readonly isOn: boolean
  readonly toggle: () => void
}

/** The part `marks` of the address. */
export function useMarksSwitch(): MarksSwitch {
  const { marks } = useSearch() as Partial<Record<string, string>>
  const setSearch = useSetSearch()
  const isOn = marks === 'on'
  const toggle = useCallback(() => setSearch({ marks: isOn ? undefined : 'on' }), [setSearch, isOn])
  return { isOn, toggle }
}
