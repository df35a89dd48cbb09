import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

const burn = 'while :; do i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; sleep 0.2; done'
const busiest = 'CPU of the ten busiest containers'

function widgetOf(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title })
}

/** How many times a chart has values at. */
async function pointCount(chart: Locator): Promise<number> {
  return Number((await chart.locator('.chart-box').getAttribute('data-points')) ?? 0)
}

test('the shipped dashboard shows what containers use, for all and for one of them', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const [one, other] = [uniqueName('busy'), uniqueName('busy')]
  await engine.run({ name: one, command: ['sh', '-c', burn] })
  await engine.run({ name: other, command: ['sh', '-c', burn] })
  await page.goto(`${vigieUrl}/dashboards`)
  await expect(page).toHaveTitle('Dashboards · Vigie')
  const shipped = page.getByRole('link', { name: /^Docker comes with Vigie/ })
  await expect(shipped).toBeVisible()
  await expectAccessible(page)
  await shipped.click()
  await expect(page).toHaveTitle('Docker · Vigie')

  const chart = widgetOf(page, busiest).locator('[data-chart]')
  const legend = chart.locator('.history-legend')
  await expect(legend.getByText(one)).toBeVisible()
  await expect(legend.getByText(other)).toBeVisible()
  await expect.poll(() => pointCount(chart)).toBeGreaterThan(1)
  await expect(page.locator('.widget [role="alert"]')).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'container_name: all' }).click()
  const find = page.getByRole('searchbox', { name: 'Find or type a value' })
  await find.fill(one)
  await expect(page.getByRole('checkbox', { name: one })).toBeVisible()
  await expectAccessible(page)
  await find.press('Enter')
  await expect(page).toHaveURL(new RegExp(`[?&]tpl_container_name=${one}`))
  await expect(legend.getByText(other)).toBeHidden()
  await expect(legend.getByText(one)).toBeVisible()
})

test('one widget is shown alone, a group is folded, and a drag over a chart zooms them all', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('busy')
  await engine.run({ name, command: ['sh', '-c', burn] })
  await page.goto(`${vigieUrl}/dashboards/docker`)
  const chart = widgetOf(page, busiest).locator('[data-chart]')
  await expect.poll(() => pointCount(chart)).toBeGreaterThan(1)

  await widgetOf(page, busiest).hover()
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/[?&]widget=/)
  await expect(page.locator('.widget')).toHaveCount(1)
  await expect.poll(() => pointCount(chart)).toBeGreaterThan(1)

  const canvas = await chart.locator('.u-over').boundingBox()
  if (canvas === null) throw new Error('The chart has no size')
  const y = canvas.y + canvas.height / 2
  await page.mouse.move(canvas.x + canvas.width * 0.5, y)
  await page.mouse.down()
  await page.mouse.move(canvas.x + canvas.width * 0.9, y, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/from=/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/widget=/)

  await page.getByRole('button', { name: 'CPU', exact: true }).click()
  await expect(page).toHaveURL(/[?&]fold=/)
  await expect(widgetOf(page, busiest)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/dashboards$/)
})
