import { useCallback, useLayoutEffect, useMemo, useRef, type ReactElement } from 'react'

import { useLive, usePaint } from '../../../data/live.ts'
import type { MapLayout } from './map-layout.ts'
import type { MapTheme } from './map-theme.ts'
import { createTilePainter, type Colouring, type TilePainter } from './tile-painter.ts'

/** How high one canvas is, in CSS pixels. */
export const bandHeight = 800

/** A stripe of the map on a canvas of its own: a map may be far higher than any canvas could be. */
export function MapBand(props: {
  readonly layout: MapLayout
  readonly index: number
  readonly colouring: Colouring
  readonly theme: MapTheme
}): ReactElement {
  const { layout, index, colouring, theme } = props
  const { store, paints } = useLive()
  const canvas = useRef<HTMLCanvasElement>(null)
  const band = useMemo(() => bandOf(layout, index), [layout, index])
  const painter = useRef<TilePainter>(undefined)
  useLayoutEffect(() => {
    painter.current =
      canvas.current === null
        ? undefined
        : createTilePainter({ ...band, canvas: canvas.current }, colouring, theme)
  }, [band, colouring, theme])
  const paint = useCallback(() => {
    if (painter.current?.(store.nowMs())) paints.add(paint)
    // A new painter has all of its canvas to paint.
  }, [store, paints, band, colouring, theme])
  usePaint(paint)
  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      className="absolute left-0"
      style={{ top: band.top, width: band.width, height: band.height }}
    />
  )
}

/** A tile or a frame that lies in two stripes is drawn in both. */
function bandOf(
  layout: MapLayout,
  index: number,
): Omit<Parameters<typeof createTilePainter>[0], 'canvas'> {
  const top = index * bandHeight
  const height = Math.min(bandHeight, layout.height - top)
  const isInside = (place: { readonly top: number; readonly height: number }): boolean =>
    place.top < top + height && place.top + place.height > top
  return {
    top,
    height,
    width: layout.width,
    tiles: layout.tiles.filter(isInside),
    boxes: layout.boxes.filter(isInside),
  }
}
