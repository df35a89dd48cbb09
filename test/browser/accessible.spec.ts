import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

/** A page, and the buttons on it that open a dialog, beside those that every page has. */
interface Look {
  readonly path: string
  readonly openers?: readonly string[]
}

const range = 'Another time range'
const looks: readonly Look[] = [
  { path: '/', openers: ['Columns'] },
  { path: '/?view=map' },
  { path: '/?group=image&ended=shown' },
  { path: '/?q=cpu:x' },
  { path: '/containers/:id', openers: [range] },
  { path: '/containers/:id?tab=logs', openers: [range] },
  { path: '/containers/:id?tab=processes' },
  { path: '/containers/:id?tab=inspect' },
  { path: '/logs', openers: [range] },
  { path: '/events', openers: [range] },
  { path: '/metrics', openers: [range] },
  { path: '/metrics?q=avg:system.load.1{*}' },
  { path: '/metrics?q=avg:system.load.1{' },
  { path: '/dashboards' },
  { path: '/dashboards/docker', openers: [range] },
  { path: '/agents', openers: ['Add a host'] },
  { path: '/access' },
  { path: '/nowhere' },
]
const everywhere = ['Go to, find, do', 'Share and saved views', 'Keyboard shortcuts']

test('every page, with each of its dialogs, passes axe, and a closed dialog gives the focus back', async ({
  page,
  engine,
  vigieUrl,
}) => {
  test.setTimeout(900_000)
  const { id } = await engine.run({ name: uniqueName('accessible'), command: ['sleep', '1000'] })
  await page.goto(vigieUrl)
  await expect(page.locator(`[data-id="${id}"]`)).toBeVisible()
  for (const { path, openers = [] } of looks) {
    await test.step(path, async () => {
      await page.goto(vigieUrl + path.replace(':id', id))
      await expectReady(page)
      await expectAccessibleInBoth(page)
      for (const opener of openers) await expectDialog(page, opener)
    })
  }
  for (const opener of everywhere) await expectDialog(page, opener)
})

test('the keyboard reaches the content past the navigation, and always shows where it is', async ({
  page,
  vigieUrl,
}) => {
  for (const path of ['/', '/logs', '/metrics', '/dashboards/docker', '/agents']) {
    await page.goto(vigieUrl + path)
    await expectReady(page)
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the content' })
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport()
    for (let step = 0; step < 20; step += 1) {
      expect(await page.evaluate(describeFocus), `${path}, after ${step + 1} × Tab`).toBe('shown')
      await page.keyboard.press('Tab')
    }
    await skip.focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('main')).toBeFocused()
  }
})

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' })

  test('nothing moves by itself', async ({ page, vigieUrl }) => {
    for (const path of ['/', '/?view=map', '/logs', '/events', '/dashboards/docker', '/agents']) {
      await page.goto(vigieUrl + path)
      await expectReady(page)
      await expect.poll(() => page.evaluate(movingCount), { message: path }).toBe(0)
    }
  })
})

async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await expect(page.getByText(/^Loading/)).toHaveCount(0)
}

/** All rules in light colours; of dark ones only what they can change. */
async function expectAccessibleInBoth(page: Page): Promise<void> {
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
}

async function expectDialog(page: Page, opener: string): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${opener}`) }).first()
  await button.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(button).toBeFocused()
}

/** `shown` where what has the focus is on the screen and marked, else what it is. */
const describeFocus = `(() => {
  const focused = document.activeElement
  const style = getComputedStyle(focused)
  const box = focused.getBoundingClientRect()
  const isMarked = (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'
  const isSeen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
  return focused === document.body || (isMarked && isSeen) ? 'shown' : focused.outerHTML.slice(0, 200)
})()`

const movingCount = `document.getAnimations().filter(({ playState, effect }) =>
  playState === 'running' && effect.getComputedTiming().duration > 1).length`
