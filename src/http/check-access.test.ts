import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import type { HttpRoute } from './route.ts'
import { buildHttp, type HttpOptions } from './start-http.ts'

const hello: HttpRoute = {
  method: 'GET',
  path: '/api/hello',
  audience: 'people',
  handle: async () => ({ hello: 'you' }),
}
const echo: HttpRoute = { ...hello, method: 'POST', path: '/api/echo' }
const open: HttpRoute = { ...hello, path: '/api/open', audience: 'anyone' }

const options: HttpOptions = {
  host: '127.0.0.1',
  port: 0,
  routes: [hello, echo, open],
  log: openLog('silent', 'test'),
}

describe('access without a token', () => {
  test('only names of this machine are served', async () => {
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

  test('a page of another site cannot post', async () => {
    const app = await buildHttp(options)
    const post = async (origin: string | undefined): Promise<number> =>
      (
        await app.inject({
          method: 'POST',
          url: '/api/echo',
          headers: { host: 'localhost:8127', ...(origin !== undefined && { origin }) },
        })
      ).statusCode
    assert.equal(await post(undefined), 200)
    assert.equal(await post('http://localhost:8127'), 200)
    for (const origin of [
      'http://localhost:3000',
      'https://evil.example',
      'null',
      'http://localhost:8127.evil.example',
    ]) {
      assert.equal(await post(origin), 403, origin)
    }
    await app.close()
  })
})

describe('access with a token', () => {
  test('Basic with any user and Bearer let in, all else does not', async () => {
    const app = await buildHttp({ ...options, accessToken: 'open: sesame' })
    const ask = (
      authorization?: string,
    ): Promise<{ statusCode: number; headers: Record<string, unknown>; body: string }> =>
      app.inject({
        url: '/api/hello',
        headers: { host: 'any.example', ...(authorization !== undefined && { authorization }) },
      })
    for (const good of [
      basic('me:open: sesame'),
      basic(':open: sesame'),
      'Bearer open: sesame',
      'bearer  open: sesame',
    ]) {
      assert.equal((await ask(good)).statusCode, 200, good)
    }
    const bad = [
      undefined,
      '',
      'Basic',
      'Bearer',
      'Bearer open',
      'Digest open: sesame',
      basic('open: sesame'),
      basic('me:'),
      'Basic %%%',
    ]
    for (const authorization of bad) {
      const answer = await ask(authorization)
      assert.equal(answer.statusCode, 401, authorization)
      assert.match(String(answer.headers['www-authenticate']), /^Basic realm="Vigie"/)
      assert.doesNotMatch(answer.body, /sesame/)
    }
    await app.close()
  })

  test("Datadog's application key lets in, whatever the authorization beside it, and no API key does", async () => {
    const app = await buildHttp({ ...options, accessToken: 'open: sesame' })
    const ask = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await app.inject({ url: '/api/hello', headers: { host: 'any.example', ...headers } }))
        .statusCode
    assert.equal(await ask({ 'DD-APPLICATION-KEY': 'open: sesame' }), 200)
    assert.equal(await ask({ 'dd-api-key': 'x', 'dd-application-key': 'open: sesame' }), 200)
    assert.equal(
      await ask({ authorization: 'Bearer x', 'dd-application-key': 'open: sesame' }),
      200,
    )
    for (const key of ['', 'open', 'open: sesame2', 'Bearer open: sesame']) {
      assert.equal(await ask({ 'dd-application-key': key }), 401, key)
    }
    assert.equal(await ask({ 'dd-api-key': 'open: sesame' }), 401)
    await app.close()
  })

  test('the key of an application does not let a page of another site post', async () => {
    const app = await buildHttp({ ...options, accessToken: 'x' })
    const headers = { origin: 'https://evil.example', 'dd-application-key': 'x' }
    const answer = await app.inject({ method: 'POST', url: '/api/echo', headers })
    assert.equal(answer.statusCode, 403)
    await app.close()
  })

  test('the page needs it too, health does not', async () => {
    const app = await buildHttp({ ...options, accessToken: 'x' })
    assert.equal((await app.inject({ url: '/' })).statusCode, 401)
    assert.equal((await app.inject({ url: '/api/open' })).statusCode, 200)
    await app.close()
  })
})

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`
}
