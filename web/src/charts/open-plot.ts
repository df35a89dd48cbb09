import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

import { steerPlot, type PlotSteering } from './steer-plot.ts'

/** A drawn chart that keeps to the size of its box. */
export interface Plot {
  readonly chart: uPlot
  readonly setData: (data: uPlot.AlignedData) => void
  readonly end: () => void
}

/** Draws a chart into a box, whose size its content must not change. */
export function openPlot(
  box: HTMLElement,
  parts: {
    readonly optionsFor: (size: Pick<uPlot.Options, 'width' | 'height'>) => uPlot.Options
    readonly data: uPlot.AlignedData
    readonly steering: PlotSteering
  },
): Plot {
  const size = (): Pick<uPlot.Options, 'width' | 'height'> => ({
    width: box.clientWidth,
    height: box.clientHeight,
  })
  const chart = new uPlot(parts.optionsFor(size()), parts.data, box)
  const endSteering = steerPlot(chart, parts.steering)
  const observer = new ResizeObserver(() => chart.setSize(size()))
  observer.observe(box)
  return {
    chart,
    setData(next) {
      box.dataset['points'] = String(next[0].length)
      chart.setData(next)
    },
    end() {
      observer.disconnect()
      endSteering()
      chart.destroy()
    },
  }
}
