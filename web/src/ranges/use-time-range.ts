import { useCallback, useMemo } from 'react'

import { useSearch, useSetSearch, useStepBack } from '../data/search.ts'
import { chooseRange, readRange, zoomInto, type RangeName, type TimeRange } from './time-range.ts'

/** The parts of the address that a zoom adds. */
const zoomNames = ['from', 'to'] as const

/** The range in the address, and the ways to change it. */
export interface RangeInAddress {
  readonly range: TimeRange
  /** A step that the browser's Back takes back. */
  readonly zoom: (fromS: number, toS: number) => void
  /** To another span, which is no step. */
  readonly move: (fromS: number, toS: number) => void
  /** To what was shown before the zoom. */
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
    (fromS: number, toS: number) => setSearch(zoomInto({ fromS, toS }), 'step'),
    [setSearch],
  )
  const move = useCallback(
    (fromS: number, toS: number) => setSearch(zoomInto({ fromS, toS })),
    [setSearch],
  )
  const zoomOut = useStepBack(zoomNames)
  const choose = useCallback((chosen: RangeName) => setSearch(chooseRange(chosen)), [setSearch])
  return { range, zoom, move, zoomOut, choose }
}
