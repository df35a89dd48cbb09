import { bandHeights, type HistogramBand, type HistogramBars } from './histogram-bars.ts'

/** Room above the highest bar. */
const topPx = 3

/** Draws a histogram over the whole canvas, in the colours that the style sheet has now. */
export function drawHistogram(
  canvas: HTMLCanvasElement,
  histogram: HistogramBars,
  bands: readonly HistogramBand[],
): void {
  const context = canvas.getContext('2d')
  const { clientWidth: width, clientHeight: height } = canvas
  if (context === null || width === 0) return
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  context.scale(devicePixelRatio, devicePixelRatio)
  const style = getComputedStyle(canvas)
  const colours = bands.map(({ colour }) => style.getPropertyValue(colour).trim())
  const { fromMs, toMs, bars, highest } = histogram
  const toX = (timeMs: number): number => ((timeMs - fromMs) / (toMs - fromMs)) * width
  for (const bar of bars) {
    const left = Math.max(0, toX(bar.fromMs))
    const right = Math.min(width, toX(bar.toMs))
    const gap = right - left > 4 ? 1 : 0
    let y = height
    bandHeights(bar, highest, height - topPx).forEach((bandPx, band) => {
      if (bandPx === 0) return
      y -= bandPx
      context.fillStyle = colours[band] ?? 'gray'
      context.fillRect(left, y, Math.max(1, right - left - gap), bandPx)
    })
  }
}
