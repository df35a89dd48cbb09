import { test as base, expect } from '@playwright/test'
import { measureCpu, measureFrames } from './measure-page.ts'
import { serve } from './synthetic/serve.ts'
import { createSyntheticServer } from './synthetic/server.ts'

const linesPerSecond = 10_000
/** Of sixty a second that the eye may miss without seeing it. */
const tolerableLossPerSecond = 10

const test = base.extend<object, { readonly logsUrl: string }>({
  logsUrl: [serve(() => createSyntheticServer(8, linesPerSecond)), { scope: 'worker' }],
})

test.describe.configure({ retries: 2 })
// A trace takes pictures of every frame, which is what is measured here.
test.use({ trace: 'off' })

test(`${linesPerSecond} lines a second of live tail drop no frames`, async ({ page, logsUrl }) => {
  await page.goto('about:blank')
  const blank = await measureFrames(page)
  await page.goto(`${logsUrl}/logs`)
  const newest = page.locator('[data-line]').last()
  await expect(newest).toBeVisible()
  let frames = { perSecond: 0, longestMs: 0 }
  const before = await newest.getAttribute('data-line')
  const cpu = await measureCpu(page, async () => {
    frames = await measureFrames(page)
  })
  console.log(
    `${linesPerSecond} lines/s of live tail: ${frames.perSecond.toFixed(1)} frames/s (blank page ` +
      `${blank.perSecond.toFixed(1)}), longest ${frames.longestMs.toFixed(0)} ms, main thread ` +
      `${(cpu * 100).toFixed(1)} % of a core`,
  )
  expect(Number(await newest.getAttribute('data-line'))).toBeGreaterThan(
    Number(before) + 4 * linesPerSecond,
  )
  // Gaps count among the 5,000 that are kept.
  await expect(page.getByText(/^(?:5,000|4,9\d\d) lines shown/)).toBeAttached()
  // What the machine cannot give to a blank page is not the list's fault.
  expect(frames.perSecond).toBeGreaterThan(blank.perSecond - tolerableLossPerSecond)
})

test('10,000 lines scroll without a pause', async ({ page, logsUrl }) => {
  await page.goto(`${logsUrl}/logs?range=1h&from=1700000000&to=1700003600`)
  const list = page.locator('.log-lines')
  await expect(page.locator('[data-line]').first()).toBeVisible()
  await list.hover()
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, -20_000)
        const text = (await page.getByText(/lines shown/).textContent()) ?? ''
        return Number(text.replaceAll(/\D/g, ''))
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBeGreaterThanOrEqual(10_000)
  const frames = measureFrames(page)
  for (let step = 0; step < 100; step += 1) {
    await page.mouse.wheel(0, step < 50 ? 2000 : -2000)
    await page.waitForTimeout(60)
  }
  const { perSecond, longestMs } = await frames
  console.log(
    `10,000 lines scrolled: ${perSecond.toFixed(1)} frames/s, longest ${longestMs.toFixed(0)} ms`,
  )
  expect(longestMs).toBeLessThan(250)
})
