import { useCallback, useMemo } from 'react'

import { useSearch, useSetSearch } from '../data/search.ts'
import { chooseRange, readRange, zoomInto, type RangeName, type TimeRange } from './time-range.ts'

/** The range in the address, and the ways to change it. */
export interface RangeInAddress {
  readonly range: TimeRange
  readonly zoom: (fromS: number, toS: number) => void
  readonly zoomOut: () => void
  readonly choose: (name: RangeName) => void
}

/** The time range that the address asks for; live when it asks for none. */
export function useTimeRange(): RangeInAddress {
  const search = useSearch()
  const setSearch = useSetSearch()
  const { range: name, from, to } = search as Partial<Record<string, string>>
  // Other parts of the address change without the range.
  const range = useMemo(
    () => readRange({ ...(name && { range: name }), ...(from && { from }), ...(to && { to }) }),
    [name, from, to],
  )
  const zoom = useCallback(
    (fromS: number, toS: number) => setSearch(zoomInto({ fromS, toS })),
    [setSearch],
  )
  const zoomOut = useCallback(() => setSearch({ from: undefined, to: undefined }), [setSearch])
  const choose = useCallback((chosen: RangeName) => setSearch(chooseRange(chosen)), [setSearch])
  return { range, zoom, zoomOut, choose }
}
