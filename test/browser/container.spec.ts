import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test } from './vigie-test.ts'

const mebibyte = 1024 * 1024
const titles = [
  'CPU',
  'Throttled',
  'Time withheld',
  'Pressure',
  'Memory',
  'What memory holds',
  'Memory limit hit',
  'Network',
  'Disk',
  'Threads and open files',
]

function chart(page: Page, title: string): Locator {
  return page.getByRole('figure', { name: title, exact: true })
}

/** What a chart tells who cannot see it. */
async function summaryOf(page: Page, title: string): Promise<string> {
  const id = (await chart(page, title).getAttribute('aria-describedby')) ?? ''
  return (await page.locator(`[id="${id}"]`).textContent()) ?? ''
}

/** The left edge of a chart's cursor in pixels; off the chart while there is none. */
async function cursorOf(page: Page, title: string): Promise<number> {
  const line = chart(page, title).locator('.u-cursor-x')
  const [box, over] = await Promise.all([
    line.boundingBox(),
    chart(page, title).locator('.u-over').boundingBox(),
  ])
  return Math.round((box?.x ?? -1) - (over?.x ?? 0))
}

/** Waits until a chart has readings to point at. */
async function expectDrawn(page: Page, title: string): Promise<void> {
  const box = chart(page, title).locator('[data-points]')
  await expect
    .poll(async () => Number(await box.getAttribute('data-points')), { timeout: 20_000 })
    .toBeGreaterThan(12)
}

/** By way of the list: a page of a container that no agent has told of yet says so. */
async function openContainer(page: Page, vigieUrl: string, name: string): Promise<void> {
  await page.goto(`${vigieUrl}/?q=name:${name}`)
  await page.locator('[data-id]').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

async function openTab(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Parts of this page' })
    .getByRole('link', { name })
    .click()
}

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
}

test('a limited container is diagnosed from its charts to its end', async ({
  page,
  engine,
  vigieUrl,
}) => {
  test.setTimeout(200_000)
  const { id, name } = await engine.run({
    command: ['sh', '-c', 'while :; do :; done'],
    // So little that it is held back on a machine that is busy, too.
    cpus: 0.05,
    memoryBytes: 24 * mebibyte,
    environment: ['GREETING=hello', 'DB_PASSWORD=hunter2'],
  })
  await openContainer(page, vigieUrl, name)

  await test.step('charts stand in the order of a diagnosis and show that it is throttled', async () => {
    const charts = page.getByRole('region', { name: 'Charts' })
    const shown = charts.locator('figure.chart, section.chart')
    await expect(shown).toHaveCount(titles.length)
    const names = await shown.evaluateAll((all) => all.map((one) => one.ariaLabel))
    expect(names).toEqual(titles)
    await expect(chart(page, 'CPU')).toContainText('limit 5')
    const periods = chart(page, 'Throttled').locator('output')
    await expect.poll(async () => Number.parseFloat(await periods.innerText())).toBeGreaterThan(0)
    await expect(chart(page, 'What memory holds')).toContainText('anonymous')
    // What is read every 15 s comes from the store, and says so.
    await expect(chart(page, 'Time withheld')).toContainText('every 15 s')
    const withheld = chart(page, 'Time withheld').locator('output')
    await expect(withheld).toHaveText(/\d/, { timeout: 50_000 })
  })

  await test.step('one cursor moves over all charts, by pointer and by keyboard', async () => {
    await chart(page, 'CPU')
      .locator('.u-over')
      .hover({ position: { x: 300, y: 60 } })
    const pointed = await cursorOf(page, 'CPU')
    expect(pointed).toBeCloseTo(300, -1)
    for (const title of ['Memory', 'Network']) {
      await expect.poll(() => cursorOf(page, title)).toBe(pointed)
    }
    await page.mouse.move(0, 0)
    await expect.poll(() => cursorOf(page, 'Memory')).toBeLessThan(0)

    const slider = page.getByRole('slider', { name: 'CPU, over time' })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d, usage \d.*%/)
    const first = await cursorOf(page, 'Memory')
    expect(first).toBeGreaterThan(0)
    await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(() => cursorOf(page, 'Memory')).toBeLessThan(first)
  })

  await test.step('what is done to it is a mark, and named in the summary', async () => {
    await engine.tell(id, 'restart')
    await expect.poll(() => summaryOf(page, 'CPU'), { timeout: 20_000 }).toContain('restart')
    await expectAccessibleInBothThemes(page)
  })

  await test.step('a process that is run in it is seen', async () => {
    await openTab(page, 'Processes')
    await engine.docker('exec', '--detach', name, 'sleep', '4242')
    await expect(page.getByRole('row').filter({ hasText: 'sleep 4242' })).toBeVisible({
      timeout: 20_000,
    })
    await expectAccessibleInBothThemes(page)
  })

  await test.step('inspect shows its environment without secrets', async () => {
    await openTab(page, 'Inspect')
    const facts = page.getByRole('region', { name: 'Inspect' })
    await expect(facts).toContainText('GREETING=hello')
    await expect(facts).toContainText('DB_PASSWORD=')
    await expect(facts).not.toContainText('hunter2')
    await expectAccessibleInBothThemes(page)
  })

  await test.step('want of memory is an event, and a mark on every chart', async () => {
    await openTab(page, 'Overview')
    await engine.docker('exec', name, 'sh', '-c', 'tail /dev/zero').catch(() => undefined)
    await engine.tell(id, 'kill')
    for (const title of ['CPU', 'Network']) {
      await expect.poll(() => summaryOf(page, title), { timeout: 20_000 }).toContain('memory')
      await expect.poll(() => summaryOf(page, title)).toContain('exited 137')
    }
    const slider = page.getByRole('slider', { name: 'CPU, over time' })
    await slider.focus()
    await page.keyboard.press('ArrowUp')
    await expect(slider).toHaveAttribute('aria-valuetext', /exited 137|memory/)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/[?&]tab=events&from=\d+&to=\d+&event=/)
    await expect(page.getByText(/exited 137/).first()).toBeVisible()
    await expectAccessibleInBothThemes(page)
  })

  await test.step('a drag zooms all charts, and Esc leads out of it', async () => {
    await page.goto(`${vigieUrl}/containers/${id}`)
    await expectDrawn(page, 'Memory')
    const over = chart(page, 'Memory').locator('.u-over')
    await over.scrollIntoViewIfNeeded()
    const box = await over.boundingBox()
    if (box === null) throw new Error('The chart of memory has no size')
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.9, box.y + 60, { steps: 5 })
    await page.mouse.up()
    await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
    const slider = page.getByRole('slider', { name: 'Network, over time' })
    await slider.focus()
    const [from, to] = await Promise.all(
      ['aria-valuemin', 'aria-valuemax'].map((name_) => slider.getAttribute(name_)),
    )
    expect(Number(to) - Number(from)).toBeLessThan(120)
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(`${vigieUrl}/containers/${id}`)
  })

  await test.step('Space begins and ends a zoom by keyboard', async () => {
    await expectDrawn(page, 'CPU')
    const slider = page.getByRole('slider', { name: 'CPU, over time' })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Space')
    await expect(slider).toHaveAttribute('aria-valuetext', /a span begins here/)
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('Space')
    await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  })

  await test.step('its logs are a part of the page, too', async () => {
    await openTab(page, 'Logs')
    await expect(page.getByRole('searchbox')).toBeVisible()
    await expectAccessibleInBothThemes(page)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('all parts can be reached and nothing is wider than the screen', async ({
    page,
    engine,
    vigieUrl,
  }) => {
    const { id, name } = await engine.run({ command: ['sleep', '1000'] })
    await openContainer(page, vigieUrl, name)
    for (const tab of ['overview', 'events', 'processes', 'inspect']) {
      await page.goto(`${vigieUrl}/containers/${id}?tab=${tab}`)
      await expect(
        page.getByRole('navigation', { name: 'Parts of this page' }).locator('[aria-current]'),
      ).toBeVisible()
      const isTooWide = await page.evaluate(
        `document.querySelector('main').scrollWidth > document.documentElement.clientWidth`,
      )
      expect(isTooWide, tab).toBe(false)
    }
    await expectAccessible(page)
  })
})
