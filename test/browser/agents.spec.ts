import type { Page } from '@playwright/test'
import { startVigie } from '../flow/vigie-process.ts'
import { expect, expectAccessible, test as base } from './vigie-test.ts'

const [first, second] = ['first-host', 'second-host'] as const

/** A server with its own agent, and a second agent that names another host. */
const test = base.extend<object, { readonly twoHostsUrl: string }>({
  twoHostsUrl: [
    // Playwright wants to see which other parts are used, even when none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      await using running = new AsyncDisposableStack()
      const server = running.use(await startVigie(['up'], { env: { DD_HOSTNAME: first } }))
      const url = await server.url()
      const env = {
        DD_HOSTNAME: second,
        VIGIE_SERVER_URL: url,
        DD_API_KEY: await server.key(),
      }
      running.use(await startVigie(['agent'], { env }))
      await use(url)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

async function waitForBoth(page: Page): Promise<void> {
  await expect(page.getByRole('combobox', { name: 'Host' })).toBeVisible()
}

test('each agent says how it does, what it costs and where it sends to', async ({
  page,
  twoHostsUrl,
}) => {
  await page.goto(`${twoHostsUrl}/agents`)
  await waitForBoth(page)
  await expect(page.getByText(/^2 agents/)).toBeVisible()
  const head = page.getByRole('button', { name: new RegExp(second) })
  await expect(head).toHaveAttribute('aria-expanded', 'true')
  const agent = page.getByRole('listitem').filter({ has: head })
  await expect(agent).toContainText(/\d\s% of one core/)
  const endpoints = agent.getByRole('table', { name: 'Where it sends to' })
  await expect(endpoints.getByRole('row', { name: /^server http/ })).toContainText('delivering')
  await expectAccessible(page)

  await head.click()
  await expect(page).toHaveURL(/[?&]open=/)
  await expect(head).toHaveAttribute('aria-expanded', 'false')
  await expect(endpoints).toHaveCount(0)
  await page.reload()
  await expect(head).toHaveAttribute('aria-expanded', 'false')
})

test('all pages are narrowed to a host, and stay so from page to page', async ({
  page,
  twoHostsUrl,
}) => {
  await page.goto(`${twoHostsUrl}/agents`)
  await waitForBoth(page)
  await page.getByRole('combobox', { name: 'Host' }).selectOption(second)
  await expect(page).toHaveURL(`${twoHostsUrl}/agents?host=${second}`)
  await expect(page.getByRole('button', { name: new RegExp(first) })).toHaveCount(0)
  await expect(page.getByRole('button', { name: new RegExp(second) })).toBeVisible()

  const asked = page.waitForRequest(/\/api\/logs\?/)
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(page).toHaveURL(`${twoHostsUrl}/logs?host=${second}`)
  const { searchParams } = new URL((await asked).url())
  expect(searchParams.get('query')).toBe(`host:${second}`)
  await expectAccessible(page)

  await page.goto(`${twoHostsUrl}/metrics?q=avg:system.load.1{*}+by+{host}&host=${second}`)
  const lines = page.getByRole('row', { name: /host/ })
  await expect(lines.filter({ hasText: second }).first()).toBeVisible()
  await expect(lines.filter({ hasText: first })).toHaveCount(0)
})

test('says how to add a host, and that a key was made for it', async ({ page, twoHostsUrl }) => {
  await page.goto(`${twoHostsUrl}/agents`)
  await page.getByRole('button', { name: 'Add a host' }).click()
  await expectAccessible(page)
  await page.getByLabel('Name of the key').fill('third-host')
  await page.getByRole('button', { name: 'Make a key and show the commands' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a host' })
  await expect(dialog.getByText(/^A new key was made for it: third-host/)).toBeVisible()
  await dialog.getByRole('radio', { name: 'Shell' }).click()
  const way = dialog.getByRole('region', { name: 'Shell' })
  await expect(way).toContainText(`VIGIE_SERVER_URL=${twoHostsUrl}`)
  await expect(way).toContainText('VIGIE_SERVER_KEY=••••••••')
  await way.getByRole('button', { name: 'Show the key' }).click()
  await expect(way).not.toContainText('••••••••')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByRole('link', { name: 'Agent keys' }).click()
  await expect(page.getByRole('row', { name: /^third-host/ })).toBeVisible()
  await expectAccessible(page)
})

test('one dashboard counts as part of the Dashboards', async ({ page, twoHostsUrl }) => {
  await page.goto(`${twoHostsUrl}/dashboards/docker`)
  const link = page.getByRole('navigation').getByRole('link', { name: 'Dashboards' })
  await expect(link).toHaveAttribute('aria-current', 'page')
})
