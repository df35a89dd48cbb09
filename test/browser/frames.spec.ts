import { once } from 'node:events'
import { test as base, expect } from '@playwright/test'
import { measureCpu, measureFrames } from './measure-page.ts'
import { createSyntheticServer } from './synthetic/server.ts'

const rowCount = 1000
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
