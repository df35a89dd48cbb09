import { useMemo, useRef } from 'react'

import { isRunning, staleForMs, type LiveRow } from '../../../data/live-row.ts'
import { useBeat, useLive } from '../../../data/live.ts'
import { openTop } from './colour-scale.ts'
import type { MapFigure } from './map-figures.ts'
import type { Colouring } from './tile-painter.ts'

/** What the tiles of a map show, taken together. */
export interface MapSummary {
  readonly knownCount: number
  readonly unknownCount: number
  /** Above the figure's own bound; undefined where it has none. */
  readonly highCount: number | undefined
  readonly median: number | undefined
  readonly highest: { readonly value: number; readonly name: string } | undefined
}

/** So often the scale follows the highest value, and the summary is written anew. */
const everyMs = 5000

/** The scale that the containers' figures fit on, and what they come to; both anew every few seconds. */
export function useColouring(
  figure: MapFigure,
  rows: readonly LiveRow[],
): { readonly colouring: Colouring; readonly summary: MapSummary } {
  const { store } = useLive()
  const beat = useBeat(everyMs)
  const summary = useMemo(
    () => summarize(figure, rows, store.nowMs()),
    // The figures change in place: a new beat reads them again.
    [figure, rows, store, beat],
  )
  const last = useRef<{ readonly figure: MapFigure; readonly top: number }>(undefined)
  const before = last.current?.figure === figure ? last.current.top : undefined
  const highest = summary.highest?.value ?? 0
  const top =
    typeof figure.top === 'number'
      ? figure.top
      : openTop(highest, { isBytes: figure.top === 'bytes', now: before })
  last.current = { figure, top }
  const colouring = useMemo(
    () => ({ figure, scale: { top, isBent: typeof figure.top !== 'number' } }),
    [figure, top],
  )
  return { colouring, summary }
}

/** Counts and middle of a figure over the containers that run. */
export function summarize(figure: MapFigure, rows: readonly LiveRow[], nowMs: number): MapSummary {
  const values: number[] = []
  let unknownCount = 0
  let highest: MapSummary['highest']
  for (const row of rows) {
    if (!isRunning(row.container)) continue
    const value = staleForMs(row, nowMs) === undefined ? figure.value(row) : undefined
    if (value === undefined) unknownCount += 1
    else {
      values.push(value)
      if (value > (highest?.value ?? -1)) highest = { value, name: row.container.name }
    }
  }
  values.sort((left, right) => left - right)
  const { high } = figure
  return {
    knownCount: values.length,
    unknownCount,
    highCount: high === undefined ? undefined : values.filter((value) => value >= high).length,
    median: values[Math.floor(values.length / 2)],
    highest,
  }
}
