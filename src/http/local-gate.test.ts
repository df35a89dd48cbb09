import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openLocalGate } from './local-gate.ts'
import type { HttpRoute } from './route.ts'
import { buildHttp, type HttpOptions } from './start-http.ts'

const hello: HttpRoute = {
  method: 'GET',
  path: '/api/hello',
  audience: 'people',
  handle: async (_request, _reply, person) => person,
}
const echo: HttpRoute = { ...hello, method: 'POST', path: '/api/echo' }
const open: HttpRoute = { ...hello, path: '/api/open', audience: 'anyone' }
const signIn: HttpRoute = { ...open, method: 'POST', path: '/api/sign-in' }

const options: HttpOptions = {
  host: '127.0.0.1',
  port: 0,
  gate: openLocalGate('127.0.0.1'),
  routes: [hello, echo, open, signIn],
  log: openLog('silent', 'test'),
}

describe('openLocalGate()', () => {
  test('serves only names of this machine', async () => {
    const app = await buildHttp(options)
    const status = async (url: string, host: string): Promise<number> =>
      (await app.inject({ url, headers: { host } })).statusCode
    for (const host of ['localhost:8127', '127.0.0.1', '[::1]:9'])
      assert.equal(await status('/api/hello', host), 200)
    for (const host of ['evil.example', '127.0.0.1.evil.example', '10.0.0.1:8127']) {
      assert.equal(await status('/api/hello', host), 403, host)
      assert.equal(await status('/', host), 403, host)
    }
    assert.equal(await status('/api/open', 'evil.example'), 200)
    await app.close()
  })

  test('lets in nobody from another machine, whatever name they ask for', async () => {
    const app = await buildHttp({ ...options, trustedProxies: ['127.0.0.1'] })
    const ask = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
      app.inject({ url: '/api/hello', headers: { host: 'localhost', ...headers }, remoteAddress })
    assert.equal((await ask({})).statusCode, 200)
    assert.equal((await ask({}, '10.0.0.9')).statusCode, 401)
    const proxied = await ask({ 'x-forwarded-for': '203.0.113.9' })
    assert.equal(proxied.statusCode, 401)
    assert.match(proxied.body, /you ask from 203\.0\.113\.9; make one .* vigie user add NAME/)
    await app.close()
  })

  test('gives the person who may do everything', async () => {
    const app = await buildHttp(options)
    const answer = await app.inject({ url: '/api/hello', headers: { host: 'localhost' } })
    assert.deepEqual(answer.json(), { name: 'local', role: 'admin', via: 'open' })
    await app.close()
  })
})

describe('checkOrigin()', () => {
  const cases: readonly {
    readonly headers: Readonly<Record<string, string>>
    readonly status: number
  }[] = [
    { headers: {}, status: 200 },
    { headers: { origin: 'http://localhost:8127' }, status: 200 },
    { headers: { origin: 'http://localhost:8127', 'sec-fetch-site': 'same-origin' }, status: 200 },
    // A proxy in front of us has told another host.
    { headers: { origin: 'https://vigie.test', 'sec-fetch-site': 'same-origin' }, status: 200 },
    { headers: { origin: 'https://vigie.example.com' }, status: 200 },
    { headers: { origin: 'http://localhost:3000' }, status: 403 },
    { headers: { origin: 'https://evil.example' }, status: 403 },
    { headers: { origin: 'null' }, status: 403 },
    { headers: { origin: 'http://localhost:8127.evil.example' }, status: 403 },
    { headers: { origin: 'https://vigie.example.com.evil.example' }, status: 403 },
    { headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
    { headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
    { headers: { origin: 'http://localhost:8127', 'sec-fetch-site': 'cross-site' }, status: 403 },
    { headers: { origin: 'https://evil.example', 'dd-application-key': 'x' }, status: 403 },
  ]
  for (const { headers, status } of cases) {
    test(`a POST with ${JSON.stringify(headers)}: ${status}`, async () => {
      const app = await buildHttp({ ...options, publicUrl: 'https://vigie.example.com' })
      const host = 'localhost:8127'
      for (const url of ['/api/echo', '/api/sign-in']) {
        const answer = await app.inject({ method: 'POST', url, headers: { host, ...headers } })
        assert.equal(answer.statusCode, status, answer.body)
      }
      await app.close()
    })
  }

  test('a GET may come from anywhere: no other site can read the answer', async () => {
    const app = await buildHttp(options)
    const headers = { host: 'localhost', origin: 'https://evil.example' }
    assert.equal((await app.inject({ url: '/api/hello', headers })).statusCode, 200)
    await app.close()
  })
})
