import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

function rowOf(page: Page, name: string): Locator {
  return page.locator('[data-id]').filter({ hasText: name })
}

/** The number a cell of a row shows; NaN while there is none. */
async function figureIn(row: Locator, name: string): Promise<number> {
  return Number(await row.locator(`[data-figure="${name}"]`).textContent())
}

async function pointsOf(page: Page, chart: string): Promise<number> {
  return Number(
    await page.locator(`[data-chart="${chart}"] [data-points]`).getAttribute('data-points'),
  )
}

/** The figures of a run, each with the name of its column. */
async function textOf(run: Locator): Promise<string> {
  const cells = await run.locator('[data-short]').all()
  const texts = cells.map(async (cell) => {
    return `${await cell.getAttribute('data-short')} ${await cell.textContent()}`
  })
  return (await Promise.all(texts)).join(', ')
}

async function namesInOrder(page: Page): Promise<string[]> {
  return page.locator('[data-id] a').allTextContents()
}

test('a container appears by itself, is sorted, filtered and opened, and its charts move', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const [busy, idle] = [uniqueName('a-busy'), uniqueName('b-idle')]
  await page.goto(vigieUrl)
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await expect(page).toHaveTitle('Containers · Vigie')

  await engine.run({
    name: busy,
    command: ['sh', '-c', 'while :; do :; done'],
    cpus: 0.3,
    memoryBytes: 64 * 1024 * 1024,
    labels: { 'com.docker.compose.project': 'journey', 'com.docker.compose.service': 'busy' },
  })
  await engine.run({ name: idle, command: ['sleep', '1000'] })
  await expect(rowOf(page, busy)).toBeVisible()
  await expect(rowOf(page, idle)).toBeVisible()
  await expect.poll(() => figureIn(rowOf(page, busy), 'cpu')).toBeGreaterThan(1)
  await expect(rowOf(page, busy)).toContainText('of 30 %')
  await expect(rowOf(page, busy)).toContainText('of 64 MiB')
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('What watching costs')

  const nameHead = page.getByRole('columnheader', { name: 'Name' })
  await nameHead.getByRole('button').click()
  await expect(nameHead).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/[?&]sort=name\b/)
  const ascending = await namesInOrder(page)
  expect(ascending.indexOf(busy)).toBeLessThan(ascending.indexOf(idle))
  await nameHead.getByRole('button').click()
  await expect(nameHead).toHaveAttribute('aria-sort', 'descending')
  expect(await namesInOrder(page)).toEqual(ascending.toReversed())

  const filter = page.getByRole('searchbox')
  await page.keyboard.press('/')
  await expect(filter).toBeFocused()
  await filter.fill(`project:journey name:${busy} cpu:>0.5`)
  await expect(page.locator('[data-id]')).toHaveCount(1)
  await expect(page).toHaveURL(/[?&]q=project:journey/)
  await filter.fill(`name:${busy} cpu:>lots`)
  await expect(filter).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('after cpu: comes a number')).toBeVisible()
  await expect(page.locator('[data-id]')).toHaveCount(1)
  await filter.fill(`name:${busy}`)
  await expectAccessible(page)

  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(rowOf(page, busy).getByRole('link')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/containers\/[0-9a-f]{64}/)
  await expect(page.getByRole('heading', { level: 1, name: busy })).toBeVisible()
  await expect(page).toHaveTitle(`${busy} · Vigie`)
  await expect(page.getByText('0.3 cores, 64 MiB')).toBeVisible()
  for (const chart of ['CPU', 'Memory', 'Threads and open files']) {
    await expect.poll(() => pointsOf(page, chart)).toBeGreaterThan(0)
    const before = await pointsOf(page, chart)
    await expect.poll(() => pointsOf(page, chart)).toBeGreaterThan(before + 1)
  }
  await expectAccessible(page)
})

test('dragging over a chart zooms all of them, and Esc leads out and back to the same list', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const { name, id } = await engine.run({ command: ['sleep', '1000'] })
  await page.goto(`${vigieUrl}/?q=name:${name}&sort=name`)
  await rowOf(page, name).click()
  await expect.poll(() => pointsOf(page, 'Memory')).toBeGreaterThan(2)
  const box = await page.locator('[data-chart="Memory"] .u-over').boundingBox()
  if (box === null) throw new Error('The chart of memory has no size')
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  await expect(page.getByRole('button', { name: /Zoom out/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`/containers/${id}$`))
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${vigieUrl}/?q=name:${name}&sort=name`)
  await expect(rowOf(page, name)).toBeVisible()
})

test('containers are grouped by any tag, folded away and added up', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const prefix = uniqueName('grouped')
  const command = ['sleep', '1000']
  for (const env of ['one', 'one', 'two']) {
    const labels = { 'com.datadoghq.tags.env': env }
    await engine.run({ name: `${prefix}-${uniqueName(env)}`, command, labels })
  }
  await page.goto(`${vigieUrl}/?q=name:${prefix}`)
  await expect(page.locator('[data-id]')).toHaveCount(3)
  const picker = page.getByLabel('Group by')
  await picker.focus()
  await picker.selectOption('env')
  await expect(page).toHaveURL(/[?&]group=env/)
  const one = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'one' }) })
  await expect(one).toContainText('2 containers')
  await expect(one.locator('[data-sum="memory"]')).toHaveText(/\d/)
  await one.getByRole('button').click()
  await expect(page).toHaveURL(/[?&]gc=one/)
  await expect(page.locator('[data-id]')).toHaveCount(1)
  await expect(page.getByText('3 containers', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Fold all' }).click()
  await expect(page.locator('[data-id]')).toHaveCount(0)
  await expectAccessible(page)
  await page.reload()
  await expect(one.getByRole('button')).toHaveAttribute('aria-expanded', 'false')
})

test('containers are grouped and filtered by any label, also one that starts meanwhile', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const prefix = uniqueName('labelled')
  const [team, note] = ['com.example.team', 'example.com/note: a,b']
  async function start(labels: Readonly<Record<string, string>>): Promise<string> {
    const name = `${prefix}-${uniqueName('c')}`
    await engine.run({ name, command: ['sleep', '1000'], labels })
    return name
  }
  const head = (name: string): Locator =>
    page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })

  await start({ [team]: 'web', [note]: 'x' })
  await start({ [team]: 'web' })
  await start({ [team]: '' })
  await start({})
  await page.goto(`${vigieUrl}/?q=name:${prefix}`)
  await expect(page.locator('[data-id]')).toHaveCount(4)
  const picker = page.getByLabel('Group by')
  await picker.focus()
  await picker.selectOption({ label: team })
  await expect(page).toHaveURL(/[?&]group=label\.com\.example\.team/)
  await expect(head('web')).toContainText('2 containers')
  await expect(head('""')).toContainText('1 container')
  await expect(head('none')).toContainText('1 container')

  const late = await start({ [team]: 'late' })
  await expect(head('late')).toContainText('1 container')
  await expect(rowOf(page, late)).toBeVisible()

  await page.getByLabel('then by').focus()
  await page.getByLabel('then by').selectOption({ label: note })
  await expect(head('x')).toContainText('1 container')
  await page.getByRole('radio', { name: 'Map' }).click()
  await expect(page.getByRole('group', { name: 'Map of the containers' })).toBeVisible()
  await page.reload()
  await expect(page.getByText('5 containers', { exact: true })).toBeVisible()
  await page.getByRole('radio', { name: 'Table' }).click()
  await expect(head('x')).toBeVisible()

  await page.getByRole('searchbox').fill(`name:${prefix} label.${team}:=web -label."${note}":*`)
  await expect(page.locator('[data-id]')).toHaveCount(1)
  await expect(page.getByText('1 of 5 containers', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('columns are chosen, stand in the address, and are remembered', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const { name } = await engine.run({ command: ['sleep', '1000'] })
  await page.goto(`${vigieUrl}/?q=name:${name}`)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('dialog', { name: 'Columns' }).getByLabel('Net in').uncheck()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Net in' })).toHaveCount(0)
  await expect(page).toHaveURL(/[?&]cols=state,name/)
  await page.goto(`${vigieUrl}/?q=name:${name}`)
  await expect(page).toHaveURL(/[?&]cols=state,name/)
  await expect(page.getByRole('columnheader', { name: 'Net out' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Net in' })).toHaveCount(0)
})

test('the map shows the same containers, by pointer and by keyboard', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const prefix = uniqueName('mapped')
  const command = ['sleep', '1000']
  const names = [`${prefix}-a`, `${prefix}-b`]
  for (const name of names) await engine.run({ name, command, memoryBytes: 64 * 1024 * 1024 })
  await page.goto(`${vigieUrl}/?q=name:${prefix}`)
  await expect(page.locator('[data-id]')).toHaveCount(2)
  await page.keyboard.press('v')
  await expect(page).toHaveURL(/[?&]view=map/)
  const map = page.getByRole('group', { name: 'Map of the containers' })
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('Memory of its limit')
  await expect(page).toHaveURL(/[?&]colour=memoryLimit/)
  await map.getByRole('link').focus()
  await page.keyboard.press('End')
  await expect(map.getByRole('link', { name: new RegExp(`^${prefix}-b, .*%`) })).toBeFocused()
  await expect(page).toHaveURL(/[?&]row=[0-9a-f]{12}/)
  await expectAccessible(page)
  await page.keyboard.press('ArrowLeft')
  await expect(map.getByRole('link', { name: new RegExp(`^${prefix}-a, `) })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${prefix}-a` })).toBeVisible()
})

test('a container that ends says so at once, and its page too', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const { name, id } = await engine.run({
    command: ['sh', '-c', 'trap "exit 3" TERM; sleep 1000 & wait'],
  })
  await page.goto(`${vigieUrl}/?state=all&q=name:${name}`)
  await expect(rowOf(page, name)).toContainText('running')
  await engine.tell(id, 'stop')
  await expect(rowOf(page, name)).toContainText('exited 3')
  await page.goto(`${vigieUrl}/containers/${id}`)
  await expect(page.getByText('It does not run now')).toBeVisible()
  await engine.remove(id)
  await expect(page.getByText('removed from the engine')).toBeVisible()
})

test('a container that ended is listed with its totals', async ({ page, engine, vigieUrl }) => {
  await page.goto(vigieUrl)
  const ended = page.getByRole('region', { name: 'Recently ended' })
  await ended.getByRole('button').click()
  await expect(page).toHaveURL(/[?&]ended=shown/)
  const name = uniqueName('short')
  const { id } = await engine.run({
    name,
    command: ['sh', '-c', 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; exit 3'],
  })
  const run = ended.getByRole('row').filter({ hasText: name })
  await expect(run).toContainText('exited 3')
  const [, seconds] = /CPU (\d+\.\d{3})\s?s/.exec(await textOf(run)) ?? []
  expect(Number(seconds)).toBeGreaterThan(0.001)
  await expectAccessible(page)
  await page.reload()
  await expect(run).toBeVisible()

  await run.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const runs = page.getByRole('table', { name: 'Ended runs' }).locator('[data-run]')
  await expect(runs).toHaveCount(1)
  await engine.tell(id, 'start')
  await expect(runs).toHaveCount(2)
  await expectAccessible(page)
})

test('the page speaks French when asked to, and stays French from page to page', async ({
  page,
  vigieUrl,
}) => {
  await page.goto(`${vigieUrl}/?lang=fr`)
  await expect(page.getByRole('button', { name: /^En direct/ })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page).toHaveURL(`${vigieUrl}/agents?lang=fr`)
  await expect(page.getByText('présent', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('a pause holds the page still, and help lists the keys', async ({ page, vigieUrl }) => {
  await page.goto(vigieUrl)
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await page.keyboard.press('.')
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  await page.keyboard.press('.')
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('the list fits the width and says state, CPU and memory', async ({
    page,
    engine,
    vigieUrl,
  }) => {
    const { name } = await engine.run({ command: ['sleep', '1000'], memoryBytes: 32 * 1024 * 1024 })
    await page.goto(`${vigieUrl}/?q=name:${name}&ended=shown`)
    await expect(rowOf(page, name)).toContainText('running')
    await expect(rowOf(page, name)).toContainText('of 32 MiB')
    const isTooWide = await page.evaluate(
      `document.querySelector('main').scrollWidth > document.documentElement.clientWidth`,
    )
    expect(isTooWide).toBe(false)
    await expectAccessible(page)
  })
})
