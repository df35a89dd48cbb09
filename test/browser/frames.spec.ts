import { once } from 'node:events'
import { test as base, expect, type Page } from '@playwright/test'
import { createSyntheticServer } from './synthetic/server.ts'

const rowCount = 1000
const measuredMs = 8000
/** Two or three of sixty frames go to the moment when rows change places; the rest is for machines that do other work too. */
const tolerableLossPerSecond = 10

const test = base.extend<object, { readonly fleetUrl: string }>({
  fleetUrl: [
    // Playwright wants to see which other parts are used, even when none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const server = createSyntheticServer(rowCount).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('The server has no port')
      await use(`http://127.0.0.1:${address.port}`)
      server.closeAllConnections()
      server.close()
    },
    { scope: 'worker' },
  ],
})

test.describe.configure({ retries: 2 })
// A trace takes pictures of every frame, which is what is measured here.
test.use({ trace: 'off' })

/** Frames a second, and the longest time between two of them. */
async function measureFrames(page: Page): Promise<{ perSecond: number; longestMs: number }> {
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
async function measureCpu(page: Page, during: () => Promise<unknown>): Promise<number> {
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

test(`${rowCount} containers at one second drop no frames`, async ({ page, fleetUrl }) => {
  test.info().annotations.push({ type: 'rows', description: String(rowCount) })
  await page.goto('about:blank')
  const blank = await measureFrames(page)

  await page.goto(`${fleetUrl}/?state=all`)
  await expect(page.getByText('1,000 containers')).toBeVisible()
  const paints: { name: string; startTime: number }[] = await page.evaluate(
    `performance.getEntriesByType('paint').map(({ name, startTime }) => ({ name, startTime }))`,
  )
  const firstPaintMs =
    paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? Number.NaN
  let frames = { perSecond: 0, longestMs: 0 }
  const cpu = await measureCpu(page, async () => {
    frames = await measureFrames(page)
  })
  console.log(
    `${rowCount} rows at 1 s: ${frames.perSecond.toFixed(1)} frames/s (blank page ${blank.perSecond.toFixed(1)}), ` +
      `longest ${frames.longestMs.toFixed(0)} ms, main thread ${(cpu * 100).toFixed(1)} % of a core, ` +
      `first contentful paint ${firstPaintMs.toFixed(0)} ms`,
  )
  // What the machine cannot give to a blank page is not the table's fault.
  expect(frames.perSecond).toBeGreaterThan(blank.perSecond - tolerableLossPerSecond)
  expect(cpu).toBeLessThan(0.25)
  expect(firstPaintMs).toBeLessThan(1000)
})
