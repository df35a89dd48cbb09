import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react'

import { onSchemeChange } from '../../../charts/palette.ts'
import { useBeat } from '../../../data/live.ts'
import type { Line } from '../arrange-rows.ts'
import { useOffsetInMain } from '../use-offset-in-main.ts'
import type { View } from '../view.ts'
import { groupTree, type Branch } from './group-tree.ts'
import { bandHeight, MapBand } from './map-band.tsx'
import { MapControls } from './map-controls.tsx'
import { findFigure, findSize, type MapSize } from './map-figures.ts'
import type { MapLayout } from './map-layout.ts'
import { readTheme, type MapTheme } from './map-theme.ts'
import './map.css'
import { placeGrid, type Room } from './place-grid.ts'
import { placeTreemap } from './place-treemap.ts'
import { TileCursor } from './tile-cursor.tsx'
import { useColouring } from './use-colouring.ts'
import { useMapRoom } from './use-map-room.ts'

/** Tiles whose size follows a figure take their new sizes no oftener than this: a map that flows cannot be read. */
const resizeEveryMs = 15_000
const noRoom: Room = { width: 0, height: 0, isTouched: false }

/** Every container as a tile: its colour one figure, its place and frame the groups it belongs to. */
export function ContainerMap(props: {
  /** Those of the table, sorted by name and none folded away. */
  readonly lines: readonly Line[]
  readonly view: View
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { lines, view, onView } = props
  const root = useMemo(() => groupTree(lines), [lines])
  const element = useRef<HTMLDivElement>(null)
  const offset = useOffsetInMain(element)
  const room = useMapRoom(element, offset) ?? noRoom
  const theme = useTheme()
  const figure = findFigure(view.colour)
  const { colouring, summary } = useColouring(figure, root.rows)
  const layout = useLayout(root, findSize(view.size), room)
  const summaryId = useId()
  const virtualizer = useVirtualizer({
    count: Math.ceil(layout.height / bandHeight),
    getScrollElement: () => document.getElementById('main'),
    estimateSize: () => bandHeight,
    overscan: 1,
    scrollMargin: offset,
  })
  return (
    <>
      <MapControls
        view={view}
        colouring={colouring}
        summary={summary}
        summaryId={summaryId}
        theme={theme}
        onView={onView}
      />
      <div className="sticky left-0 w-[100cqw] px-3.5 pt-3 sm:px-5">
        <div ref={element} className="live-figure relative" style={{ height: layout.height }}>
          {virtualizer.getVirtualItems().map(({ index }) => (
            <MapBand
              key={index}
              layout={layout}
              index={index}
              colouring={colouring}
              theme={theme}
            />
          ))}
          <TileCursor
            layout={layout}
            figure={figure}
            chosen={view.chosen}
            summaryId={summaryId}
            isTouched={room.isTouched}
            onChoose={(chosen) => onView({ chosen })}
          />
        </div>
      </div>
    </>
  )
}

function useLayout(root: Branch, size: MapSize, room: Room): MapLayout {
  const { width, height, isTouched } = room
  const { value } = size
  const beat = useBeat(resizeEveryMs)
  // Only sizes that follow a figure are measured anew.
  const turn = value === undefined ? 0 : beat
  return useMemo(() => {
    const measured = { width, height, isTouched }
    if (width === 0) return { width, height, tiles: [], boxes: [] }
    return value === undefined ? placeGrid(root, measured) : placeTreemap(root, measured, value)
  }, [root, value, width, height, isTouched, turn])
}

function useTheme(): MapTheme {
  const [theme, setTheme] = useState(readTheme)
  useEffect(() => onSchemeChange(() => setTheme(readTheme())), [])
  return theme
}
