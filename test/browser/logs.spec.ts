import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

/** Prints five numbered lines a second, of which each fifth is an error. */
const writer = [
  'i=0',
  'while :; do i=$((i+1))',
  'if [ $((i % 5)) = 0 ]; then echo "ERROR order $i failed" >&2; else echo "INFO order $i placed"; fi',
  'sleep 0.2; done',
].join('\n')

function linesOf(page: Page): Locator {
  return page.locator('[data-line]')
}

/** The numbers of the orders that are in sight. */
async function ordersIn(page: Page): Promise<number[]> {
  const texts = await linesOf(page).locator('.log-message').allTextContents()
  return texts.map((text) => Number(/order (\d+)/.exec(text)?.[1] ?? Number.NaN))
}

/** How many lines the list holds, in sight or not. */
async function shownCount(page: Page): Promise<number> {
  return Number.parseInt((await page.getByText(/lines? shown/).textContent()) ?? '', 10)
}

test('lines appear as they are printed, are searched, opened, seen in context and zoomed into', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('writer')
  await engine.run({ name, command: ['sh', '-c', writer] })
  await page.goto(`${vigieUrl}/logs`)
  await expect(page).toHaveTitle('Logs · Vigie')

  const box = page.getByRole('searchbox')
  await page.keyboard.press('/')
  await expect(box).toBeFocused()
  await box.fill(`container:${name}`)
  await expect(page).toHaveURL(new RegExp(`[?&]q=container:${name}`))
  await expect.poll(() => linesOf(page).count()).toBeGreaterThan(3)
  const newest = (await ordersIn(page)).at(-1) ?? Number.NaN
  await expect.poll(async () => (await ordersIn(page)).at(-1)).toBeGreaterThan(newest + 5)
  await expect
    .poll(() => page.locator('[data-total]').getAttribute('data-total').then(Number))
    .toBeGreaterThan(3)
  await expectAccessible(page)

  await box.fill(`container:${name} level:(error`)
  await expect(box).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('A bracket is opened here and never closed.')).toBeVisible()
  expect(await linesOf(page).count()).toBeGreaterThan(3)
  await box.fill(`container:${name}`)
  await expect(box).toHaveAttribute('aria-invalid', 'false')
  await box.press('Escape')

  await page.getByRole('button', { name: /^error [\d,]+$/ }).click()
  await expect(page).toHaveURL(/level:error/)
  await expect.poll(async () => (await ordersIn(page)).every((order) => order % 5 === 0)).toBe(true)

  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  const open = page.locator('[data-line][data-open]')
  await expect(open).toContainText('stderr')
  await expect(open.getByRole('link', { name })).toBeVisible()
  await expectAccessible(page)
  await open.getByRole('button', { name: 'See in context' }).click()
  await expect(page).toHaveURL(/[?&]line=/)
  const marked = page.locator('[data-line][data-marked]')
  await expect(marked).toContainText('failed')
  const [order = Number.NaN] =
    (await marked.locator('.log-message').textContent())?.match(/\d+/)?.map(Number) ?? []
  expect(await ordersIn(page)).toEqual(expect.arrayContaining([order - 1, order]))
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/line=/)

  const histogram = await page.locator('[data-total] canvas').boundingBox()
  if (histogram === null) throw new Error('The histogram has no size')
  await page.mouse.move(histogram.x + histogram.width * 0.5, histogram.y + 20)
  await page.mouse.down()
  await page.mouse.move(histogram.x + histogram.width * 0.9, histogram.y + 20, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/from=/)
})

test('a pause loses nothing, and a reader who scrolls up is not moved', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('writer')
  const { id } = await engine.run({ name, command: ['sh', '-c', writer] })
  await page.goto(`${vigieUrl}/containers/${id}?tab=logs`)
  await expect.poll(() => linesOf(page).count()).toBeGreaterThan(3)

  await page.keyboard.press('.')
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  const before = await ordersIn(page)
  await expect
    .poll(async () => {
      const counted = await page.request.get(
        `${vigieUrl}/api/logs?query=container_id:${id}&since=5m&limit=100`,
      )
      return (await counted.text()).split('"message":').length - 1
    })
    .toBeGreaterThan((before.at(-1) ?? 0) + 8)
  expect(await ordersIn(page)).toEqual(before)
  await page.keyboard.press('.')
  await expect.poll(async () => (await ordersIn(page)).at(-1)).toBeGreaterThan(before.at(-1) ?? 0)
  const all = await ordersIn(page)
  const first = all[0] ?? Number.NaN
  expect(all).toEqual(all.map((_order, index) => first + index))

  // More than there is room for, so that there is something to scroll.
  await expect.poll(() => shownCount(page)).toBeGreaterThan(45)
  await page.locator('.log-lines').hover()
  await page.mouse.wheel(0, -300)
  const chip = page.getByRole('button', { name: /new lines?$/ })
  await expect(chip).toBeVisible()
  const [firstInSight] = await ordersIn(page)
  await expect(chip).toHaveText(/[2-9]\d* new lines/)
  expect((await ordersIn(page))[0]).toBe(firstInSight)
  await chip.click()
  await expect(chip).toBeHidden()
  await expect(page.getByText(/lines? (was|were) read, and nothing was lost/)).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page).toHaveURL(new RegExp(`/containers/${id}$`))
  await expect(page.locator('[data-chart="CPU"]')).toBeVisible()
})
