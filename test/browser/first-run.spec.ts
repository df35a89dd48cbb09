import { startVigie } from '../flow/vigie-process.ts'
import { expect, expectAccessible, test } from './vigie-test.ts'

test('a server without agents says what to do here and on other hosts, until the first one reports', async ({
  page,
}) => {
  await using server = await startVigie(['server'])
  const url = await server.url()
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'No agent reports to this server' })).toBeVisible()
  await expect(page.getByText('npm run --silent vigie -- agent', { exact: true })).toBeVisible()
  await expect(page.getByText('make run', { exact: true })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('radio', { name: 'Another host' }).click()
  await expect(page.getByText(`Only this machine reaches ${url}.`)).toBeVisible()
  for (const [way, text] of [
    ['Docker', /^docker run /],
    ['Compose', /services:/],
    ['Kubernetes', /kind: DaemonSet/],
    ['systemd', /systemctl/],
    ['Shell', /vigie agent$/],
    ['Datadog Agent', /DD_API_KEY/],
  ] as const) {
    await page.getByRole('radio', { name: way, exact: true }).click()
    const region = page.getByRole('region', { name: way, exact: true })
    await expect(region.getByText(text).first()).toBeVisible()
    await expect(region.getByRole('button', { name: `Copy: ${way}` })).toBeVisible()
  }
  expect(await page.content()).not.toContain(await server.key())
  await expectAccessible(page)

  await using agent = await startVigie(['agent'], {
    env: { VIGIE_SERVER_URL: url, VIGIE_SERVER_KEY: await server.key(), DD_HOSTNAME: 'first-host' },
  })
  await page.getByRole('radio', { name: 'This machine' }).click()
  await expect(
    page.getByRole('heading', { name: 'No container engine answers on first-host' }),
  ).toBeVisible()
  expect(agent.process.exitCode).toBeNull()
  // Else it would complain of a server that ends before it.
  await page.goto('about:blank')
})
