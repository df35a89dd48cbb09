import type uPlot from 'uplot'

import { clearSelection, cursorTimeS, selectSpan } from './plot-cursor.ts'
import { sharedCursor } from './shared-cursor.ts'

/**
 * Zooms by a finger that moves sideways. One that moves up or down scrolls the page, since the style sheet leaves that to the
 * browser, which then takes the touch back; a tap comes as a click.
 */
export function steerByTouch(chart: uPlot): () => void {
  const { over } = chart
  let startPx: number | undefined
  const placeOf = (event: PointerEvent): number => {
    const { left, width } = over.getBoundingClientRect()
    return Math.min(width, Math.max(0, event.clientX - left))
  }
  const forget = (): void => {
    if (startPx !== undefined) clearSelection(chart)
    startPx = undefined
  }
  const listeners: Readonly<Record<string, (event: PointerEvent) => void>> = {
    pointerdown(event) {
      startPx = placeOf(event)
      over.setPointerCapture(event.pointerId)
    },
    pointermove(event) {
      if (startPx === undefined) return
      const leftPx = placeOf(event)
      chart.setCursor({ left: leftPx, top: over.clientHeight / 2 })
      sharedCursor.point(over, cursorTimeS(chart))
      selectSpan(chart, [startPx, leftPx], false)
    },
    pointerup(event) {
      if (startPx !== undefined) selectSpan(chart, [startPx, placeOf(event)], true)
      startPx = undefined
    },
    pointercancel: forget,
  }
  for (const [name, listener] of Object.entries(listeners)) {
    over.addEventListener(name, (event) => {
      if (event instanceof PointerEvent && event.pointerType === 'touch') listener(event)
    })
  }
  return forget
}
