import type uPlot from 'uplot'

import { eventsNear, type ChartEvent } from './chart-event.ts'
import { openMarkLabel } from './mark-label.ts'
import { putCursor } from './plot-cursor.ts'
import { sharedCursor } from './shared-cursor.ts'
import type { PlotSteering } from './steer-plot.ts'

/** A mark is meant when the pointer is so near to it. */
const reachPx = 6

/** Moves the cursors of all charts with the mouse, names the mark under it and opens that with a click. */
export function steerByPointer(chart: uPlot, steering: PlotSteering): () => void {
  const { over } = chart
  const label = openMarkLabel(over)
  const eventsAt = (leftPx: number): readonly ChartEvent[] => {
    const timeS = chart.posToVal(leftPx, 'x')
    return eventsNear(steering.events(), timeS, chart.posToVal(leftPx + reachPx, 'x') - timeS)
  }
  const showMarks = (leftPx: number): void => {
    const near = eventsAt(leftPx)
    over.style.cursor = near[0]?.address === undefined ? '' : 'pointer'
    label.show(near, leftPx)
  }
  const leave = (): void => {
    label.hide()
    sharedCursor.point(over, undefined)
  }
  const listeners: Readonly<Record<string, (event: MouseEvent) => void>> = {
    mousemove(event) {
      const leftPx = placeOf(event, over)
      sharedCursor.point(over, chart.posToVal(leftPx, 'x'))
      showMarks(leftPx)
    },
    mouseleave: leave,
    click(event) {
      const [event_] = eventsAt(placeOf(event, over))
      if (event_ !== undefined) steering.onOpen(event_)
    },
  }
  const unfollow = sharedCursor.follow(over, (timeS) => {
    label.hide()
    putCursor(chart, timeS)
  })
  // The chart's own element goes with the chart, and its listeners with it.
  for (const [name, listener] of Object.entries(listeners)) {
    over.addEventListener(name, (event) => event instanceof MouseEvent && listener(event))
  }
  return () => {
    leave()
    unfollow()
  }
}

function placeOf({ clientX }: MouseEvent, over: HTMLElement): number {
  return clientX - over.getBoundingClientRect().left
}
