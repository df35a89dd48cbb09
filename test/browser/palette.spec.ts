import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

async function openPalette(page: Page, name = 'Go to, find, do'): Promise<Locator> {
  await page.keyboard.press('Control+k')
  const entry = page.getByRole('combobox', { name })
  await expect(entry).toBeFocused()
  return entry
}

test('the palette finds a container, its logs, a page and a time, by keys alone', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('palette-web')
  const { id } = await engine.run({ name, command: ['sh', '-c', 'echo palette-line; sleep 1000'] })
  await page.goto(vigieUrl)
  await expect(page.locator(`[data-id="${id}"]`)).toBeVisible()

  // Also while one writes into a field.
  await page.keyboard.press('/')
  let entry = await openPalette(page)
  await expectAccessible(page)
  await entry.fill(name.slice(0, -1))
  const chosen = page.getByRole('dialog').getByRole('option', { selected: true })
  await expect(chosen).toContainText(name)
  await expect(chosen).toContainText('running')
  await expectAccessible(page)
  await entry.press('Enter')
  await expect(page).toHaveURL(`${vigieUrl}/containers/${id}`)

  entry = await openPalette(page)
  await expect(page.getByRole('group', { name: 'Chosen lately' })).toContainText(name)
  await entry.fill(id.slice(0, 12))
  await expect(chosen).toContainText(name)
  await entry.press('Alt+Enter')
  await expect(page).toHaveURL(`${vigieUrl}/containers/${id}?tab=logs`)

  entry = await openPalette(page)
  await entry.fill('palette-line')
  await entry.press('Shift+Enter')
  await expect(page).toHaveURL(`${vigieUrl}/logs?q=palette-line`)

  entry = await openPalette(page)
  await entry.fill('-90m')
  await expect(chosen).toContainText(/^Show /)
  await entry.press('Enter')
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  await page.goBack()
  await expect(page).toHaveURL(`${vigieUrl}/logs?q=palette-line`)

  entry = await openPalette(page)
  await entry.fill('agents')
  await entry.press('Enter')
  await expect(page).toHaveURL(`${vigieUrl}/agents`)
})

test('leaves everything as it is when it is closed, and gives the focus back', async ({
  page,
  vigieUrl,
}) => {
  await page.goto(`${vigieUrl}/logs`)
  const button = page.getByRole('button', { name: /^Go to, find, do/ })
  await button.click()
  const entry = page.getByRole('combobox', { name: 'Go to, find, do' })
  await entry.fill('no such thing anywhere')
  // What is typed is looked for a moment later.
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option')).toHaveText(/^Search the logs for/)
  await entry.press('Escape')
  await expect(entry).toHaveCount(0)
  await expect(button).toBeFocused()
  await expect(page).toHaveURL(`${vigieUrl}/logs`)
})

test('a view is saved under a name, found again, replaced when asked, and deleted', async ({
  page,
  vigieUrl,
}) => {
  const name = uniqueName('view')
  const dialog = page.getByRole('dialog', { name: 'Share and saved views' })
  const share = page.getByRole('button', { name: 'Share and saved views' })
  await page.goto(`${vigieUrl}/logs?q=level:error&range=1h&lang=en`)
  await share.click()
  await expect(
    dialog.getByText(`${vigieUrl}/logs?q=level:error&range=1h`, { exact: true }),
  ).toBeVisible()
  await expect(dialog.getByText(/range=1h&from=\d+&to=\d+$/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel('Name of the view').fill(name)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByText(`“${name}” is saved.`)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.goto(vigieUrl)
  const entry = await openPalette(page)
  await entry.fill(name)
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText(name)
  await entry.press('Enter')
  await expect(page).toHaveURL(`${vigieUrl}/logs?q=level:error&range=1h`)

  await share.click()
  await dialog.getByLabel('Name of the view').fill(name)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByText(/^There is a view called/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Replace it' }).click()
  await expect(dialog.getByText(`“${name}” is saved.`)).toBeVisible()
  await dialog.getByRole('button', { name: `Delete “${name}”`, exact: true }).click()
  await dialog.getByRole('button', { name: `Delete “${name}” for everyone?` }).click()
  await expect(dialog.getByRole('link', { name })).toHaveCount(0)
  await expectAccessible(page)
})

test('any time range is chosen in words or by its ends, and left step by step', async ({
  page,
  vigieUrl,
}) => {
  await page.goto(`${vigieUrl}/logs?range=1h`)
  await page.getByRole('button', { name: 'Another time range' }).click()
  const dialog = page.getByRole('dialog', { name: 'Time range' })
  const words = dialog.getByRole('textbox', { name: /^In words/ })
  await words.fill('someday')
  await expect(dialog.getByText(/^“someday” is no time/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Show' })).toBeDisabled()
  await expectAccessible(page)
  await words.fill('yesterday')
  await words.press('Enter')
  await expect(page).toHaveURL(/range=1h&from=\d+&to=\d+/)
  const { searchParams } = new URL(page.url())
  const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))]
  const zoomed = page.getByRole('button', { name: /Zoom out/ })
  await zoomed.press('ArrowLeft')
  const half = Math.round((to - from) / 2)
  await expect(page).toHaveURL(new RegExp(`from=${from - half}&to=${to - half}`))
  await page.getByRole('button', { name: /^Later by half/ }).click()
  await expect(page).toHaveURL(new RegExp(`from=${from}&to=${to}`))
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${vigieUrl}/logs?range=1h`)
})

test('lists the keys of the page one is on', async ({ page, vigieUrl }) => {
  await page.goto(`${vigieUrl}/dashboards/docker`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(dialog.getByText('One widget alone, and back')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('?')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(`${vigieUrl}/`)
  await page.keyboard.press('?')
  await expect(dialog.getByText('One widget alone, and back')).toHaveCount(0)
  await expect(dialog.getByText('Table, map')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('no page is wider than the screen, and the palette works by touch', async ({
    page,
    vigieUrl,
  }) => {
    for (const path of [
      '/',
      '/logs',
      '/events',
      '/metrics',
      '/dashboards',
      '/dashboards/docker',
      '/agents',
    ]) {
      await page.goto(vigieUrl + path)
      await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      for (const link of await page.getByRole('navigation').getByRole('link').all()) {
        await expect(link).toBeInViewport({ ratio: 0.9 })
      }
    }
    await page.getByRole('button', { name: /^Go to, find, do/ }).tap()
    await page.getByRole('combobox', { name: 'Go to, find, do' }).fill('metrics')
    await page
      .getByRole('group', { name: 'Pages' })
      .getByRole('option', { name: /^Metrics/ })
      .tap()
    await expect(page).toHaveURL(`${vigieUrl}/metrics`)
  })
})

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' })

  test('is French from the first paint on', async ({ page, vigieUrl }) => {
    const seen: string[] = []
    await page.exposeFunction('onText', (text: string) => seen.push(text))
    await page.addInitScript(`
      new MutationObserver(() => {
        const text = document.querySelector('nav')?.textContent
        if (text) onText(text)
      }).observe(document, { childList: true, subtree: true, characterData: true })
    `)
    await page.goto(vigieUrl)
    await expect(page.getByRole('link', { name: 'Conteneurs' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
    expect(seen.filter((text) => text.includes('Dashboards'))).toEqual([])
    const entry = await openPalette(page, 'Aller, trouver, faire')
    await entry.fill('anglais')
    await entry.press('Enter')
    await expect(page.getByRole('link', { name: 'Dashboards' })).toBeVisible()
  })
})
