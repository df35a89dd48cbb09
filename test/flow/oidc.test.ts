import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AuditList, Me, UserList } from '../../src/api/contract/access.ts'
import { CookieBrowser } from '../access/cookie-browser.ts'
import { openRealProvider, type Account, type RealProvider } from '../access/real-provider.ts'
import { PlantedSecrets } from './planted-secrets.ts'
import { startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const secrets = new PlantedSecrets()
const clientSecret = secrets.plant('vigie.oidc.client_secret')
const start = '/api/access/oidc/start'

const ann: Account = person('subject-1', 'ann', ['uma', 'ops'])

function person(sub: string, name: string, roles: readonly string[]): Account {
  return { sub, preferred_username: name, realm_access: { roles } }
}

describe('signing in at a provider of OpenID Connect', () => {
  let dataDir = ''
  let provider: RealProvider
  let server: Vigie
  let url = ''
  const browser = new CookieBrowser()

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-oidc-'))
    provider = await openRealProvider()
    server = await run({})
    url = await server.url()
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await provider[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  function run(env: Readonly<Record<string, string>>): Promise<Vigie> {
    return startVigie(['server'], {
      dataDir,
      env: {
        VIGIE_OIDC_ISSUER: provider.issuer,
        VIGIE_OIDC_CLIENT_ID: 'vigie',
        VIGIE_OIDC_CLIENT_SECRET: clientSecret,
        VIGIE_OIDC_NAME: 'Example',
        VIGIE_OIDC_SCOPES: 'openid profile roles',
        VIGIE_OIDC_ROLE_CLAIM: 'realm_access.roles',
        VIGIE_OIDC_ROLES_VIEWER: 'staff',
        VIGIE_OIDC_ROLES_ADMIN: 'ops',
        ...env,
      },
    })
  }
  async function ask<Answer>(path: string, by = browser): Promise<Answer> {
    const answer = await by.fetch(url + path)
    assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`)
    const parsed: Answer = JSON.parse(await answer.text())
    return parsed
  }
  async function signIn(to = '/', by = browser): Promise<string> {
    const end = await by.visit(`${url}${start}?to=${encodeURIComponent(to)}`)
    assert.equal(end.origin, url)
    return end.pathname + end.search
  }

  test('the server starts while the provider is away, says so, and lets nobody in', async () => {
    assert.equal(await signIn('/logs'), '/sign-in?error=away&to=%2Flogs')
    const { signInNeeded, person: who, ways } = await ask<Me>('/api/access/me')
    assert.deepEqual([signInNeeded, who, ways.provider], [true, null, 'Example'])
    assert.equal((await browser.fetch(`${url}/api/containers`)).status, 401)
    assert.match(
      server.output(),
      /Cannot use http:\/\/127\.0\.0\.1:\d+ as a provider of OpenID Connect: .*: 503/,
    )
  })

  test('once it is there, leads through it to the page, with the role of a claim', async () => {
    provider.begin({
      clientId: 'vigie',
      clientSecret,
      redirectUri: `${url}/api/access/oidc/callback`,
    })
    provider.seat(ann)
    await waitUntil(
      'the provider',
      30_000,
      async () => (await signIn('/logs?q=error')) === '/logs?q=error',
    )
    const { person: who } = await ask<Me>('/api/access/me')
    assert.deepEqual(who, { name: 'ann', role: 'admin', scope: null, via: 'session' })
    const { users } = await ask<UserList>('/api/access/users')
    assert.deepEqual(
      users.map(({ name, role, kind }) => ({ name, role, kind })),
      [{ name: 'ann', role: 'admin', kind: 'provider' }],
    )
    assert.equal(browser.cookie(url, 'vigie_oidc'), undefined)
  })

  test('who has no role, or breaks off, is told so', async () => {
    const other = new CookieBrowser()
    provider.seat(person('subject-2', 'bob', ['uma']))
    assert.equal(await signIn('/', other), '/sign-in?error=no-role&to=%2F')
    provider.seat(undefined)
    assert.equal(await signIn('/', new CookieBrowser()), '/sign-in?error=denied&to=%2F')
    assert.equal((await ask<Me>('/api/access/me', other)).person, null)
  })

  test('another person of the same name does not become the first', async () => {
    provider.seat(person('subject-3', 'Ann', ['ops']))
    assert.equal(await signIn('/', new CookieBrowser()), '/sign-in?error=name-taken&to=%2F')
  })

  test('the answer to one browser lets no other in', async () => {
    provider.seat(ann)
    const victim = new CookieBrowser()
    const isAnswer = ({ origin, pathname }: URL): boolean =>
      origin === url && pathname === '/api/access/oidc/callback'
    const answer = await browser.visit(`${url}${start}`, isAnswer)
    assert.ok(answer.searchParams.get('code'))
    const end = await victim.visit(answer.href)
    assert.equal(end.searchParams.get('error'), 'expired')
    assert.equal((await ask<Me>('/api/access/me', victim)).person, null)
  })

  test('the session outlives a restart', async () => {
    const { exitCode } = await server.stop()
    assert.equal(exitCode, 0, server.output())
    secrets.assertNone('the server', server.output())
    server = await run({ VIGIE_LISTEN: new URL(url).host })
    assert.equal(await server.url(), url)
    assert.equal((await ask<Me>('/api/access/me')).person?.name, 'ann')
  })

  test('who has another role there has it here at the next sign-in', async () => {
    provider.seat({ ...ann, realm_access: { roles: ['staff'] } })
    const other = new CookieBrowser()
    assert.equal(await signIn('/', other), '/')
    assert.equal((await ask<Me>('/api/access/me', other)).person?.role, 'viewer')
    assert.equal((await browser.fetch(`${url}/api/access/users`)).status, 401)
    provider.seat(ann)
    assert.equal(await signIn(), '/')
  })

  test('all of it is written down', async () => {
    const { entries } = await ask<AuditList>('/api/access/audit')
    assert.deepEqual(
      entries
        .toReversed()
        .map(({ action, by, subject, address }) => `${action} ${by} ${subject} ${address}`),
      [
        'user-added ann ann (admin, by the provider) 127.0.0.1',
        'sign-in ann ann 127.0.0.1',
        'sign-in-failed bob bob 127.0.0.1',
        'sign-in-failed Ann Ann 127.0.0.1',
        'user-changed ann ann (viewer, by the provider) 127.0.0.1',
        'sign-in ann ann 127.0.0.1',
        'user-changed ann ann (admin, by the provider) 127.0.0.1',
        'sign-in ann ann 127.0.0.1',
      ],
    )
  })

  test('signing out ends the session', async () => {
    const session = `vigie_session=${browser.cookie(url, 'vigie_session')}`
    const answer = await browser.fetch(`${url}/api/access/sign-out`, {
      method: 'POST',
      headers: { origin: url },
    })
    assert.equal(answer.status, 200)
    assert.equal(browser.cookie(url, 'vigie_session'), undefined)
    const kept = await fetch(`${url}/api/containers`, { headers: { cookie: session } })
    assert.equal(kept.status, 401)
  })

  test('the secret is in no output and no file', async () => {
    await server.stop()
    secrets.assertNone('the server', server.output())
    await secrets.assertNoneInFiles(dataDir, new Set())
  })
})
