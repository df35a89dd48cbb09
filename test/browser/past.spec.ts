import type { Locator, Page } from '@playwright/test'

import type { PastAnswer } from '../../src/api/contract/past.ts'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

function rowOf(page: Page, name: string): Locator {
  return page.locator('[data-id]').filter({ hasText: name })
}

/** What the server tells of a container at a second; nothing while that second is still to come. */
async function askRow(
  page: Page,
  { url, atS, id }: { readonly url: string; readonly atS: number; readonly id: string },
): Promise<PastAnswer['snapshot']['containers'][number] | undefined> {
  const answer = await page.request.get(`${url}/api/past?at=${atS}`)
  if (!answer.ok()) return undefined
  const past: PastAnswer = await answer.json()
  return past.snapshot.containers.find((container) => container.id === id)
}

async function momentOf(page: Page): Promise<number> {
  return Number(await page.getByRole('slider').getAttribute('aria-valuenow'))
}

/** Whether the table is the picture of the moment that the bar tells. */
async function expectPicture(page: Page): Promise<void> {
  await expect(page.locator('[data-standing="whole"]')).toBeAttached()
}

test('what a container did is seen again after its end, by the keys, by the address, and as it went by', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('past')
  await page.goto(`${vigieUrl}/?q=name:${name}&state=all`)
  const { id } = await engine.run({
    name,
    command: ['sh', '-c', 'while :; do :; done'],
    cpus: 0.2,
  })
  const cpu = rowOf(page, name).locator('[data-figure="cpu"]')
  await expect.poll(async () => Number(await cpu.textContent())).toBeGreaterThan(1)
  // A few seconds in which it runs, to go back to and to play.
  const seenS = Math.floor(Date.now() / 1000)
  await expect
    .poll(async () => (await askRow(page, { url: vigieUrl, atS: seenS + 4, id }))?.figuresAt, {
      message: 'figures of four seconds later',
      timeout: 20_000,
    })
    .toBe((seenS + 4) * 1000)
  await engine.tell(id, 'kill')
  await expect(rowOf(page, name)).toContainText('exited')

  await page.keyboard.press('t')
  const slider = page.getByRole('slider', { name: 'Moment that is shown' })
  await expect(slider).toBeVisible()
  await expect(slider).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  const lateS = await momentOf(page)
  for (let second = lateS; second > seenS + 4; second -= 1) await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuenow', String(seenS + 4))
  await expect(page).toHaveURL(new RegExp(`[?&]at=${seenS + 4}(&|$)`))
  await expectPicture(page)
  await expect(rowOf(page, name)).toContainText('running')
  await expect(page.getByRole('button', { name: 'Past. Back to the present' })).toBeVisible()
  const then = await askRow(page, { url: vigieUrl, atS: seenS + 4, id })
  await expect(cpu).toHaveText((then?.figures.cpu ?? Number.NaN).toFixed(1))
  await expectAccessible(page)

  const copied = page.url()
  await page.goto('about:blank')
  await page.goto(copied)
  await expectPicture(page)
  await expect(rowOf(page, name)).toContainText('running')
  await expect(cpu).toHaveText((then?.figures.cpu ?? Number.NaN).toFixed(1))

  await page.getByRole('radio', { name: '10×' }).click()
  await page.getByRole('button', { name: 'Play' }).click()
  await expect(rowOf(page, name)).toContainText('exited')
  expect(await momentOf(page)).toBeGreaterThan(seenS + 4)

  await page.keyboard.press('Escape')
  await expect(slider).toHaveCount(0)
  await expect(page).not.toHaveURL(/[?&]at=/)
  await expect(rowOf(page, name)).toContainText('exited')
})

test('a container that is opened in the past shows that time, and Back leads to the same moment', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const { name, id } = await engine.run({ command: ['sleep', '1000'] })
  await page.goto(`${vigieUrl}/?q=name:${name}`)
  await expect(rowOf(page, name)).toBeVisible()
  const atS = Math.floor(Date.now() / 1000)
  // What is newer than two seconds is not the past yet.
  const laterS = atS + 3
  await expect
    .poll(async () => (await askRow(page, { url: vigieUrl, atS: laterS, id }))?.figuresAt, {
      timeout: 20_000,
    })
    .toBe(laterS * 1000)
  await page.goto(`${vigieUrl}/?q=name:${name}&at=${atS}`)
  await rowOf(page, name).click()
  await expect(page).toHaveURL(new RegExp(`/containers/${id}\\?from=${atS - 300}&to=\\d+`))
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`at=${atS}`))
  await expect(rowOf(page, name)).toBeVisible()
})
