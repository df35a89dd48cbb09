import type { Page } from '@playwright/test'
import { startVigie, type Vigie } from '../flow/vigie-process.ts'
import { expect, expectAccessible, test as base } from './vigie-test.ts'

/** A server where people have to sign in. */
interface Guarded {
  readonly url: string
  /** Of the account `ann`, an admin. */
  readonly password: string
}

const test = base.extend<object, { readonly guarded: Guarded }>({
  guarded: [
    // Playwright wants to see which other parts are used, even when none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      await using vigie = await startVigie(['up'])
      const url = await vigie.url()
      await use({ url, password: await addAdmin(vigie) })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // The browser writes each refusal to the console. Playwright wants to see which other parts are used, even when none is.
  // oxlint-disable-next-line eslint/no-empty-pattern
  async quietConsole({}, use) {
    await use(undefined)
  },
})

/** Makes the account `ann` at the command line; gives its password, which is printed on a line of its own. */
async function addAdmin({ dataDir }: Vigie): Promise<string> {
  const command = ['user', 'add', 'ann', '--role', 'admin', '--generate']
  await using user = await startVigie(command, { dataDir })
  const { output } = await user.ended()
  const [password] = /^\S{8,}$/m.exec(output) ?? []
  if (password === undefined) throw new Error(`No password was printed: ${output}`)
  return password
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function openAccess(page: Page, { url, password }: Guarded, tab: string): Promise<void> {
  await page.goto(`${url}/access?tab=${tab}`)
  await signIn(page, 'ann', password)
  await expect(page.getByRole('heading', { name: 'Access' })).toBeVisible()
}

test('one signs in, is led back to where one wanted to be, and signs out', async ({
  page,
  guarded,
}) => {
  const wanted = `${guarded.url}/logs?q=level:error&range=1h`
  await page.goto(wanted)
  await expect(page).toHaveURL(/\/sign-in\?to=/)
  await expect(page).toHaveTitle('Sign in · Vigie')
  await expectAccessible(page)
  await signIn(page, 'ann', 'not the password')
  await expect(page.getByRole('alert')).toHaveText('Name or password is wrong.')
  await expectAccessible(page)
  await signIn(page, 'ann', guarded.password)
  await expect(page).toHaveURL(wanted)

  await page.getByRole('button', { name: 'Signed in as ann' }).click()
  await expect(page.getByText('Admin: does all that, and says who may')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Vigie' })).toBeVisible()
  await page.goto(guarded.url)
  await expect(page).toHaveURL(/\/sign-in\?to=/)
})

test('a session that has ended leads to the sign-in, and from there back', async ({
  page,
  context,
  guarded,
}) => {
  await page.goto(guarded.url)
  await signIn(page, 'ann', guarded.password)
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible()
  await context.clearCookies()
  await page.getByRole('link', { name: 'Dashboards' }).click()
  await expect(page).toHaveURL(/\/sign-in\?to=\/dashboards$/)
  await signIn(page, 'ann', guarded.password)
  await expect(page).toHaveURL(`${guarded.url}/dashboards`)
})

test('an admin makes a key, sees it once, and revokes it', async ({ page, guarded }) => {
  await openAccess(page, guarded, 'keys')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill('web hosts')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'New key' }).click()
  const made = page.getByRole('dialog', { name: 'The key web hosts' })
  await expect(made.locator('code')).toHaveText(/^\S{16,}$/)
  const key = await made.locator('code').innerText()
  await expectAccessible(page)
  await made.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('row', { name: /^web hosts/ })).toContainText(key.slice(-5))
  await expect(page.getByText(key)).toHaveCount(0)

  await page.getByRole('button', { name: 'Revoke web hosts' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^web hosts/ })).toHaveCount(0)
  await page.getByRole('link', { name: 'Record' }).click()
  await expect(page.getByRole('row', { name: /ann revoked a key/ })).toContainText('web hosts')
  await expectAccessible(page)
})

test('an admin adds someone, who sees no more of access than their own tokens', async ({
  page,
  context,
  guarded,
}) => {
  await openAccess(page, guarded, 'people')
  await page.getByRole('button', { name: 'Add someone' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('bob')
  await dialog.getByLabel('Password').fill('a long password')
  await dialog.getByLabel('Which containers').fill('team')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add someone' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Cannot read the scope "team"')
  await dialog.getByLabel('Which containers').fill('team:web')
  await dialog.getByRole('button', { name: 'Add someone' }).click()
  await expect(page.getByRole('row', { name: /^bob/ })).toContainText('team:web')
  await expectAccessible(page)

  await context.clearCookies()
  await page.goto(`${guarded.url}/access?tab=people`)
  await signIn(page, 'bob', 'a long password')
  await expect(page.getByRole('region', { name: 'Tokens' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Parts of this page' })).toHaveCount(0)
  await page.getByRole('button', { name: 'New token' }).click()
  await dialog.getByLabel('Name').fill('report')
  await expect(dialog.getByRole('radio')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'New token' }).click()
  await expect(dialog.locator('code')).toHaveText(/^\S{16,}$/)
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('row', { name: /^report/ })).toBeVisible()
  await expectAccessible(page)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('signing in and the list of people fit the width', async ({ page, guarded }) => {
    await openAccess(page, guarded, 'people')
    await expect(page.getByRole('row', { name: /^ann/ })).toBeVisible()
    const overflow = await page.evaluate('document.body.scrollWidth - innerWidth')
    expect(overflow).toBeLessThanOrEqual(0)
    await expectAccessible(page)
  })
})
