import type uPlot from 'uplot'

import type { ChartEvent } from './chart-event.ts'
import { steerByKey } from './steer-by-key.ts'
import { steerByPointer } from './steer-by-pointer.ts'
import { steerByTouch } from './steer-by-touch.ts'

/** What a chart tells of its time axis to who steers it. */
export interface PlotSteering {
  readonly title: string
  /** What stands at the cursor, in words: time and values. */
  readonly describe: (chart: uPlot) => string
  readonly events: () => readonly ChartEvent[]
  /** Opens what is told of an event. */
  readonly onOpen: (event: ChartEvent) => void
}

/** Lets readers point, zoom and open marks by mouse, by touch and by keyboard; what comes back ends that. */
export function steerPlot(chart: uPlot, steering: PlotSteering): () => void {
  const ends = [steerByPointer(chart, steering), steerByTouch(chart), steerByKey(chart, steering)]
  return () => {
    for (const end of ends) end()
  }
}
