import { expect, expectAccessible, test } from './vigie-test.ts'

test('without an engine the page shows the host itself, and which socket was looked for', async ({
  page,
  blindUrl,
}) => {
  await page.goto(blindUrl)
  await expect(page.getByRole('heading', { name: /^No container engine answers on/ })).toBeVisible()
  await expect(page.getByText(/docker\.sock/).first()).toBeVisible()
  await expect(page.getByText(/^DOCKER_HOST=/)).toBeVisible()
  const host = page.getByRole('region', { name: 'The host itself' })
  for (const label of ['CPU', 'Memory', 'Load, 1 min', 'Network in']) {
    await expect(host.getByText(label, { exact: true })).toBeVisible()
  }
  await expect(host).toContainText(/\d\s%/)
  await expect(host).toContainText(/GiB of/)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Agents' }).click()
  await expect(page.getByText('unreachable')).toBeVisible()
  await expectAccessible(page)
})
