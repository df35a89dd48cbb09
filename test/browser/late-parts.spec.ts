import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findPlace } from './server-place.ts'
import { expect, test } from './vigie-test.ts'

// What the browser itself says of a server that is not there, or that has not what is asked of it.
test.use({ forgivenErrors: /net::ERR_(CONNECTION|INCOMPLETE|EMPTY)|status of 404/ })

test('parts of the page that are asked for while the server is away come once it is back', async ({
  page,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-parts-'))
  const place = await findPlace(dataDir)
  let server = await place.start()
  try {
    await page.goto(place.url)
    const live = page.getByRole('button', { name: /^Live/ })
    await expect(live).toBeVisible()
    await server.stop('SIGKILL')
    await expect(page.getByText(/^The server has not answered since/)).toBeVisible()
    await page.keyboard.press('?')
    await page.getByRole('link', { name: 'Metrics' }).click()
    await expect(page).toHaveURL(`${place.url}/metrics`)
    await expect(page.getByText(/^Next try in/)).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)

    server = await place.start()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('searchbox', { name: 'Find a metric' })).toBeVisible()
    await expect(live).toBeVisible()
  } finally {
    await server.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})

test('a page whose server has other parts by now is loaded anew, where it was', async ({
  page,
  vigieUrl,
}) => {
  await page.goto(`${vigieUrl}/?q=nothing`)
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await page.evaluate(() => Object.assign(globalThis, { isOld: true }))
  const isOld = (): Promise<boolean> => page.evaluate(() => 'isOld' in globalThis)
  await page.route('**/assets/page-*', async (route) =>
    (await isOld()) ? route.fulfill({ status: 404 }) : route.continue(),
  )
  await page.getByRole('link', { name: 'Agents' }).click()
  await expect(page.getByText(/^\d+ agents?/)).toBeVisible()
  expect(await isOld()).toBe(false)
  expect(new URL(page.url()).pathname).toBe('/agents')
})
