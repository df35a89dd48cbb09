import type { Page } from '@playwright/test'

const measuredMs = 8000

/** Frames a second, and the longest time between two of them. */
export async function measureFrames(page: Page): Promise<{ perSecond: number; longestMs: number }> {
  // In words of the browser: this file is checked without its types.
  return page.evaluate(`new Promise((resolve) => {
    const times = []
    const count = (time) => {
      times.push(time)
      if (time - times[0] < ${measuredMs}) return requestAnimationFrame(count)
      const gaps = times.slice(1).map((end, index) => end - times[index])
      resolve({ perSecond: gaps.length * 1000 / (time - times[0]), longestMs: Math.max(...gaps) })
    }
    requestAnimationFrame(count)
  })`)
}

/** Share of one core that the page's own thread uses, from its processor time. */
export async function measureCpu(page: Page, during: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busyS = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const [beforeS, startedAt] = [await busyS(), performance.now()]
  await during()
  return ((await busyS()) - beforeS) / ((performance.now() - startedAt) / 1000)
}
