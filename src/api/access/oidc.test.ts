import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openFakeProvider, type FakeProvider } from '../../../test/access/fake-provider.ts'
import {
  openTestServer,
  sentenceOf,
  type TestServer,
  type TestServerOptions,
} from '../../../test/server/open-test-server.ts'
import { postFromPage, readAnswer } from '../../../test/server/page-client.ts'
import type { Me } from '../contract/access.ts'

const start = '/api/access/oidc/start'
const callback = '/api/access/oidc/callback'

let provider: FakeProvider
let server: TestServer
beforeEach(async () => {
  provider = await openFakeProvider()
  provider.behaviour.idToken = { sub: '1', preferred_username: 'ann', groups: ['staff'] }
  server = await open()
})
afterEach(async () => {
  await server.close()
  await provider[Symbol.asyncDispose]()
})

function open(options: TestServerOptions = {}): Promise<TestServer> {
  return openTestServer({ accessOptions: { provider: provider.options() }, ...options })
}

async function reopen(options: TestServerOptions): Promise<void> {
  await server.close()
  server = await open(options)
}

/** A GET that is not led anywhere. */
async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, { headers, redirect: 'manual' })
  const cookies = answer.headers.getSetCookie()
  return { answer, cookies, location: answer.headers.get('location') ?? '' }
}

/** What a browser sends of the cookies that it was given. */
function keep(cookies: readonly string[]): { readonly cookie: string } {
  return { cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') }
}

describe('signing in at a provider', () => {
  test('leads there and back to the page, into a session', async () => {
    const begun = await get(`${start}?to=${encodeURIComponent('/logs?q=a b')}`)
    assert.equal(begun.answer.status, 303)
    assert.equal(begun.answer.headers.get('cache-control'), 'no-store')
    assert.match(begun.cookies[0] ?? '', /^vigie_oidc=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/) // prettier-ignore
    const back = provider.visit(begun.location)
    assert.equal(back.origin + back.pathname, server.url + callback)
    const ended = await get(callback + back.search, keep(begun.cookies))
    assert.equal(ended.answer.status, 303)
    assert.equal(ended.location, '/logs?q=a%20b')
    assert.match(ended.cookies[0] ?? '', /^vigie_oidc=; Path=\/; Max-Age=0;/)
    assert.match(ended.cookies[1] ?? '', /^vigie_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/) // prettier-ignore
    const session = keep(ended.cookies.slice(1))
    const me = await readAnswer<Me>(server.get('/api/access/me', session))
    assert.deepEqual(me, {
      signInNeeded: true,
      person: { name: 'ann', role: 'viewer', scope: null, via: 'session' },
      ways: { password: false, token: false, provider: 'Example' },
    })
    await postFromPage(server, '/api/access/sign-out', { headers: session })
    assert.equal((await server.get('/api/containers', session)).status, 401)
  })

  test('where there is a provider nobody is let in without, the first account or not', async () => {
    assert.equal((await server.get('/api/containers')).status, 401)
  })

  test('does not lead to another site afterwards', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '/.//evil.example']) {
      const begun = await get(`${start}?to=${encodeURIComponent(to)}`)
      const back = provider.visit(begun.location)
      assert.equal((await get(callback + back.search, keep(begun.cookies))).location, '/')
    }
    const forged = { state: 'a'.repeat(43), nonce: 'a'.repeat(43), verifier: 'a'.repeat(43), to: '//evil.example' } // prettier-ignore
    const cookie = `vigie_oidc=${Buffer.from(JSON.stringify(forged)).toString('base64url')}`
    const { location } = await get(callback, { cookie })
    assert.equal(location, '/sign-in?error=expired&to=%2F')
  })

  test('lets nobody in by an answer that was begun elsewhere', async () => {
    const begun = await get(start)
    const other = await get(start)
    const back = provider.visit(begun.location)
    for (const headers of [{}, keep(other.cookies), { cookie: 'vigie_oidc=x' }] as const) {
      const { location, cookies } = await get(callback + back.search, { ...headers })
      assert.equal(location, '/sign-in?error=expired&to=%2F')
      assert.ok(!cookies.join().includes('vigie_session'))
    }
  })

  test('says with a word of ours what went wrong, and keeps the way', async () => {
    provider.behaviour.idToken = { sub: '1', preferred_username: 'ann' }
    const begun = await get(`${start}?to=/logs`)
    const back = provider.visit(begun.location)
    const ended = await get(callback + back.search, keep(begun.cookies))
    assert.equal(ended.location, '/sign-in?error=no-role&to=%2Flogs')
    assert.equal(ended.cookies.length, 1)
  })

  test('a provider that is away does not keep the server from starting', async () => {
    await provider[Symbol.asyncDispose]()
    await reopen({})
    const { answer, location, cookies } = await get(`${start}?to=/logs`)
    assert.deepEqual(
      [answer.status, location, cookies],
      [303, '/sign-in?error=away&to=%2Flogs', []],
    )
    provider = await openFakeProvider()
  })

  test('without a provider there is no way to one', async () => {
    await reopen({ accessOptions: {} })
    for (const path of [start, callback]) {
      const { answer } = await get(path)
      assert.equal(answer.status, 404)
      assert.match(await sentenceOf(answer), /name one with vigie\.oidc\.issuer/)
    }
  })
})

describe('the address that the provider leads back to', () => {
  async function findCallback(headers: Record<string, string> = {}) {
    const begun = await get(start, headers)
    const back = new URL(begun.location).searchParams.get('redirect_uri')
    return { back, cookie: begun.cookies[0] ?? '', begun }
  }
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'vigie.example.com' }

  test('is that of a proxy in front of us only where it is trusted', async () => {
    assert.equal((await findCallback(forwarded)).back, server.url + callback)
    await reopen({ trustedProxies: ['127.0.0.1'] })
    const { back, cookie, begun } = await findCallback(forwarded)
    assert.equal(back, `https://vigie.example.com${callback}`)
    assert.match(cookie, /^__Host-vigie_oidc=.*; Secure$/)
    const answer = provider.visit(begun.location)
    const ended = await get(callback + answer.search, { ...forwarded, ...keep(begun.cookies) })
    assert.equal(ended.location, '/')
    assert.match(ended.cookies[1] ?? '', /^__Host-vigie_session=.*; Secure$/)
  })

  test('is that of the configuration', async () => {
    await reopen({ publicUrl: 'https://vigie.example.com:8443' })
    const { back, begun } = await findCallback()
    assert.equal(back, `https://vigie.example.com:8443${callback}`)
    const answer = provider.visit(begun.location)
    assert.equal((await get(callback + answer.search, keep(begun.cookies))).location, '/')
  })
})
