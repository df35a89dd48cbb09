import assert from 'node:assert/strict'
import { get } from 'node:http'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  openTestServer,
  sentenceOf,
  type TestServer,
} from '../../../test/server/open-test-server.ts'
import {
  basic,
  commandLine,
  postFromPage,
  readAnswer,
  sampleAccount,
  samplePassword as password,
  signIn,
} from '../../../test/server/page-client.ts'
import type { Me, NewToken } from '../contract/access.ts'

const accessToken = 'open: sesame 1234'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ limits: { streamCheckMs: 50 } })
})
afterEach(async () => {
  await server.close()
})

/** Another server in place of the first. */
async function reopen(options: Parameters<typeof openTestServer>[0]): Promise<void> {
  await server.close()
  server = await openTestServer(options)
}

/** A POST of our own page. */
function post(
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return postFromPage(server, path, { headers, ...(body !== undefined && { body }) })
}

describe('ways in', () => {
  test('with the access token: Basic with any user, Bearer, and as an application key', async () => {
    await reopen({ accessOptions: { accessToken } })
    const good = [
      basic('me', accessToken),
      basic('', accessToken),
      { authorization: `Bearer ${accessToken}` },
      { authorization: `bearer  ${accessToken}` },
      { 'dd-application-key': accessToken },
      { 'dd-api-key': 'x', 'dd-application-key': accessToken },
      { authorization: 'Bearer x', 'dd-application-key': accessToken },
      { ...basic('proxy', 'other'), 'dd-application-key': accessToken },
    ]
    for (const headers of good) {
      const answer = await server.get('/api/containers', headers)
      assert.equal(answer.status, 200, JSON.stringify(headers))
    }
    const bad = [
      {},
      { authorization: '' },
      { authorization: 'Basic' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer open' },
      { authorization: `Digest ${accessToken}` },
      { authorization: `Basic ${Buffer.from(accessToken.replace(':', '')).toString('base64')}` },
      basic('me', ''),
      { authorization: 'Basic %%%' },
      { 'dd-application-key': `Bearer ${accessToken}` },
      { 'dd-api-key': accessToken },
      { cookie: `vigie_session=${accessToken}` },
    ]
    for (const headers of bad) {
      const answer = await server.get('/api/containers', headers)
      assert.equal(answer.status, 401, JSON.stringify(headers))
      assert.doesNotMatch(await answer.text(), /sesame/)
    }
  })

  test('programs are told that they may use Basic', async () => {
    await reopen({ accessOptions: { accessToken } })
    // Node's own fetch says `Sec-Fetch-Mode`, as browsers do.
    const challenge = await new Promise((resolve) => {
      get(`${server.url}/api/containers`, { agent: false }, (answer) => {
        answer.resume()
        resolve(answer.headers['www-authenticate'])
      })
    })
    assert.equal(challenge, 'Basic realm="Vigie", charset="UTF-8"')
  })

  test('no window of the browser covers our page to sign in', async () => {
    await reopen({ accessOptions: { accessToken } })
    for (const headers of [
      { 'sec-fetch-mode': 'cors' },
      { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' },
    ]) {
      const answer = await server.get('/api/containers', headers)
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get('www-authenticate'), null)
    }
  })

  test('with name and password in each request, and no hash for each', async () => {
    await server.access.accounts.add(sampleAccount('ann', 'viewer'), commandLine)
    const headers = basic('ann', password)
    // More at once than wrong ones are allowed: they are checked once.
    const all = await Promise.all(
      Array.from({ length: 12 }, () => server.get('/api/containers', headers)),
    )
    assert.deepEqual(
      all.map(({ status }) => status),
      Array.from({ length: 12 }, () => 200),
    )
    await server.access.accounts.change('ann', { password: 'battery staple' }, commandLine)
    assert.equal((await server.get('/api/containers', headers)).status, 401)
    const entries = await server.access.audit.newest(10)
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['sign-in-failed', 'user-changed', 'sign-in', 'user-added'],
    )
  })

  test('with a token of an account, until it is revoked', async () => {
    await server.access.accounts.add(sampleAccount('ann', 'editor'), commandLine)
    const cookie = await signIn(server, 'ann')
    const made = await post('/api/access/tokens', { name: 'grafana', role: 'viewer' }, cookie)
    const { row, token } = await readAnswer<NewToken>(made)
    const shown = [{ authorization: `Bearer ${token}` }, { 'dd-application-key': token }, basic('x', token)] // prettier-ignore
    for (const headers of shown) {
      const me = await readAnswer<Me>(server.get('/api/access/me', headers))
      assert.deepEqual(me.person, { name: 'ann', role: 'viewer', scope: null, via: 'token' })
    }
    const more = await post('/api/access/tokens', { name: 'more' }, shown[0])
    assert.equal(more.status, 403)
    await post(`/api/access/tokens/${row.id}/revoke`, undefined, cookie)
    for (const headers of shown) {
      assert.equal((await server.get('/api/containers', headers)).status, 401)
    }
    // A token that was revoked is no wrong password of somebody.
    assert.equal((await server.access.audit.newest(1))[0]?.action, 'token-revoked')
  })

  test('a key of an agent opens nothing for people', async () => {
    await reopen({ accessOptions: { accessToken } })
    const { key } = await server.access.keys.create('k', commandLine)
    const headers = { authorization: `Bearer ${key}`, 'dd-application-key': key }
    assert.equal((await server.get('/api/containers', headers)).status, 401)
  })
})

describe('sessions', () => {
  beforeEach(() =>
    server.access.accounts.add(sampleAccount('ann', 'viewer', 'team:web -env:test'), commandLine),
  )

  test('the cookie is out of reach for scripts and other sites', async () => {
    const answer = await post('/api/access/sign-in', { name: 'ANN', password })
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^vigie_session=[\w-]{43}; Path=\/; Max-Age=2419200; HttpOnly; SameSite=Lax$/,
    )
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const me = await readAnswer<Me>(answer)
    assert.deepEqual(me, {
      signInNeeded: true,
      person: { name: 'ann', role: 'viewer', scope: 'team:web -env:test', via: 'session' },
      ways: { password: true, token: false, provider: null },
    })
  })

  test('over TLS, at a proxy that is named, it is Secure and bound to the host', async () => {
    await reopen({ trustedProxies: ['127.0.0.1'] })
    await server.access.accounts.add(sampleAccount('ann', 'viewer'), commandLine)
    const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'v.example', origin: 'https://v.example' } // prettier-ignore
    const answer = await post('/api/access/sign-in', { name: 'ann', password }, tls)
    const cookie = answer.headers.get('set-cookie') ?? ''
    assert.match(cookie, /^__Host-vigie_session=[\w-]{43}; .*; Secure$/)
    assert.equal(answer.headers.get('strict-transport-security'), 'max-age=31536000')
    const bare = cookie.split(';', 1)[0] ?? ''
    const ask = async (sent: string) =>
      (await server.get('/api/containers', { ...tls, cookie: sent })).status
    assert.equal(await ask(bare), 200)
    // One that was planted over plain HTTP does not count.
    assert.equal(await ask(bare.replace('__Host-', '')), 401)
  })

  test('signing out ends it, for those who have a copy too', async () => {
    const cookie = await signIn(server, 'ann')
    assert.equal((await server.get('/api/containers', cookie)).status, 200)
    const out = await post('/api/access/sign-out', undefined, cookie)
    assert.match(out.headers.get('set-cookie') ?? '', /^vigie_session=; Path=\/; Max-Age=0;/)
    const me = await readAnswer<Me>(out)
    assert.equal(me.person, null)
    assert.equal((await server.get('/api/containers', cookie)).status, 401)
  })

  test('a live stream ends within seconds when its reader is signed out', async () => {
    const cookie = await signIn(server, 'ann')
    const streams = await Promise.all(
      ['/api/live', '/api/live'].map((path) => fetch(server.url + path, { headers: cookie })),
    )
    assert.deepEqual(
      streams.map(({ status }) => status),
      [200, 200],
    )
    await post('/api/access/sign-out', undefined, cookie)
    const texts = await Promise.all(streams.map((stream) => stream.text()))
    assert.ok(texts.every((text) => text.startsWith('event: snapshot')))
  })

  test('a live stream ends when its reader becomes somebody else', async () => {
    const owner = server.access.accounts.find('ann')
    assert.ok(owner)
    const { token } = await server.access.tokens.create({ owner, name: 't' }, commandLine)
    const stream = await server.get('/api/live', { authorization: `Bearer ${token}` })
    await server.access.accounts.change('ann', { scope: 'team:api' }, commandLine)
    assert.ok((await stream.text()).startsWith('event: snapshot'))
  })

  test('one who changes their password goes on with another cookie', async () => {
    const [one, other] = [await signIn(server, 'ann'), await signIn(server, 'ann')]
    const change = { current: password, password: 'battery staple' }
    assert.equal((await post('/api/access/password', { ...change, current: 'x' }, one)).status, 401)
    assert.equal(
      (await post('/api/access/password', { ...change, password: 'x' }, one)).status,
      400,
    )
    const answer = await post('/api/access/password', change, one)
    const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    assert.equal((await server.get('/api/containers', { cookie })).status, 200)
    for (const ended of [one, other]) {
      assert.equal((await server.get('/api/containers', ended)).status, 401)
    }
  })

  test('a POST on the cookie alone has to come from our own page', async () => {
    const cookie = await signIn(server, 'ann')
    const send = async (headers: Record<string, string>): Promise<number> =>
      (
        await fetch(`${server.url}/api/sql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...cookie, ...headers },
          body: '{"query":1}',
        })
      ).status
    // 400: it got as far as the body.
    assert.equal(await send({ origin: server.url }), 400)
    assert.equal(await send({ 'sec-fetch-site': 'same-origin' }), 400)
    const others: readonly Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: server.url, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-site' },
      { referer: server.url },
    ]
    for (const headers of others) assert.equal(await send(headers), 403, JSON.stringify(headers))
    const form = { origin: server.url, 'content-type': 'text/plain' }
    assert.equal(await send(form), 415)
  })

  test('nobody is signed in from a page of another site', async () => {
    const origin = 'https://evil.example'
    const answer = await post('/api/access/sign-in', { name: 'ann', password }, { origin })
    assert.equal(answer.status, 403)
    assert.equal(answer.headers.get('set-cookie'), null)
  })
})

describe('too many wrong passwords', () => {
  const wrong = (headers: Record<string, string> = {}, name = 'ann') =>
    post('/api/access/sign-in', { name, password: 'wrong horse' }, headers)

  test('each further one has to wait, also a right one', async () => {
    let nowMs = 1_790_000_000_000
    await reopen({ clock: () => nowMs })
    await server.access.accounts.add(sampleAccount('ann', 'viewer'), commandLine)
    for (let at = 0; at < 5; at += 1) assert.equal((await wrong()).status, 401)
    const refused = await post('/api/access/sign-in', { name: 'ann', password })
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal(await sentenceOf(refused), 'Cannot check a password now: too many were wrong; try again in 1 s') // prettier-ignore
    assert.equal((await server.get('/api/containers', basic('ann', password))).status, 429)
    nowMs += 1000
    await signIn(server, 'ann')
  })

  test('a forged X-Forwarded-For does not make another of the asker', async () => {
    await server.access.accounts.add(sampleAccount('ann', 'viewer'), commandLine)
    const forge = (at: number) => wrong({ 'x-forwarded-for': `203.0.113.${at}` }, `name-${at}`)
    const statuses: number[] = []
    for (let at = 0; at < 6; at += 1) statuses.push((await forge(at)).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429])
    const entries = await server.access.audit.newest(1)
    assert.equal(entries[0]?.address, '127.0.0.1')
  })

  test('what a named proxy says is believed, but for what its clients put in front', async () => {
    await reopen({ trustedProxies: ['127.0.0.1'] })
    await server.access.accounts.add(sampleAccount('ann', 'viewer'), commandLine)
    const from = (address: string, at: number) =>
      wrong({ 'x-forwarded-for': `198.51.100.${at}, ${address}` }, `name-${at}`)
    for (let at = 0; at < 5; at += 1) await from('203.0.113.7', at)
    assert.equal((await from('203.0.113.7', 6)).status, 429)
    assert.equal((await from('203.0.113.8', 7)).status, 401)
    assert.equal((await server.access.audit.newest(1))[0]?.address, '203.0.113.8')
  })
})
