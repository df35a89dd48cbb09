import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

/** How many moments the chart has figures of. */
async function pointsOf(page: Page): Promise<number> {
  return Number(await page.locator('[data-points]').getAttribute('data-points'))
}

function lineOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name: 'Lines' }).getByRole('row').filter({ hasText: name })
}

test('a metric is found in the catalogue, picked apart, drawn, listed and zoomed into', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const [busy, idle] = [uniqueName('busy'), uniqueName('idle')]
  await engine.run({ name: busy, command: ['sh', '-c', 'while :; do :; done'], cpus: 0.2 })
  await engine.run({ name: idle, command: ['sleep', '1000'] })
  await page.goto(vigieUrl)
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page).toHaveTitle('Metrics · Vigie')

  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('docker.cpu.us')
  const metric = page.locator('[data-metric="docker.cpu.usage"]')
  await expect(metric).toContainText('gauge')
  await expectAccessible(page)
  await metric.click()
  const box = page.getByRole('searchbox', { name: 'Query' })
  await expect(box).toHaveValue('avg:docker.cpu.usage{*}')
  await expect.poll(() => pointsOf(page)).toBeGreaterThan(1)

  const by = page.getByRole('combobox', { name: 'One line for each' })
  await by.fill('container_na')
  await expect(page.getByRole('option', { name: /^container_name/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue('avg:docker.cpu.usage{*} by {container_name}')
  await expect(lineOf(page, busy)).toBeVisible()
  await expect(lineOf(page, idle)).toBeVisible()
  await expect(page.getByRole('columnheader', { name: /^Avg/ })).toContainText('%')

  const scope = page.getByRole('combobox', { name: 'Only series with these tags' })
  await scope.fill(`container_name:${busy}`)
  await scope.press('Enter')
  await expect(page).toHaveURL(new RegExp(`container_name:${busy}`))
  await expect(lineOf(page, idle)).toBeHidden()
  await expect(lineOf(page, busy)).toBeVisible()

  const text = `max:docker.cpu.usage{container_name:${busy}} / 2 * 100`
  await box.fill(`${text})`)
  await expect(box).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('This bracket closes none that is open.')).toBeVisible()
  await expect(lineOf(page, busy)).toBeVisible()
  await box.fill(text)
  await expect(box).toHaveAttribute('aria-invalid', 'false')
  await expect(page.getByRole('textbox', { name: 'Show' })).toHaveValue('a / 2 * 100')
  await expect(page.getByRole('combobox', { name: 'How series become one' })).toHaveValue('max')
  await expectAccessible(page)
})

test('the address holds the view, rows stand out by key, and a drag zooms', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('busy')
  await engine.run({ name, command: ['sh', '-c', 'while :; do :; done'], cpus: 0.2 })
  const query = `avg:docker.cpu.usage{container_name:${name}}, avg:docker.mem.rss{container_name:${name}}`
  await page.goto(`${vigieUrl}/metrics?q=${encodeURIComponent(query)}&show=area&sort=name`)
  await expect(page.getByRole('radio', { name: 'Areas' })).toBeChecked()
  await expect(page.getByRole('columnheader', { name: /^Line/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await expect(lineOf(page, name)).toHaveCount(2)
  await expect(lineOf(page, 'docker.mem.rss')).toContainText('iB')
  await expect(lineOf(page, 'docker.cpu.usage')).toContainText('%')
  await expect.poll(() => pointsOf(page)).toBeGreaterThan(1)

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(lineOf(page, 'docker.mem.rss')).toHaveAttribute('data-highlighted', 'true')

  const chart = await page.locator('.u-over').boundingBox()
  if (chart === null) throw new Error('The chart has no size')
  await page.mouse.move(chart.x + chart.width * 0.5, chart.y + 40)
  await page.mouse.down()
  await page.mouse.move(chart.x + chart.width * 0.98, chart.y + 40, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  await expect(page).toHaveURL(/show=area/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/from=/)

  await page.setViewportSize({ width: 390, height: 844 })
  await expect(lineOf(page, 'docker.cpu.usage')).toBeVisible()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await expectAccessible(page)
})
