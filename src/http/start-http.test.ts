import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import type { PeopleGate } from './gate.ts'
import { HttpError } from './http-error.ts'
import { openLocalGate } from './local-gate.ts'
import type { Role } from '../model/person.ts'
import type { HttpRoute } from './route.ts'
import { buildHttp, startHttp, type HttpOptions } from './start-http.ts'

const echo: HttpRoute = {
  method: 'POST',
  path: '/api/echo',
  audience: 'people',
  handle: async (request) => {
    let length = 0
    for await (const chunk of request.raw) length += Buffer.from(chunk).length
    return { length }
  },
}
const hello: HttpRoute = {
  method: 'GET',
  path: '/api/hello',
  audience: 'people',
  handle: async () => ({ hello: 'you' }),
}
const broken: HttpRoute = {
  ...hello,
  path: '/api/broken',
  handle: () => Promise.reject(new Error('secret of the inside')),
}

const options: HttpOptions = {
  host: '127.0.0.1',
  gate: openLocalGate('127.0.0.1'),
  port: 0,
  routes: [echo, hello, broken],
  log: openLog('silent', 'test'),
}

/** A gate that lets nobody in, as that of a server with accounts. */
const closed: PeopleGate = {
  isOpen: () => false,
  admit: () => Promise.reject(new HttpError(401, 'Cannot let you in')),
}

/** Sends bytes as they are; gives all that comes back until the server closes. */
async function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  let answer = ''
  try {
    for await (const chunk of socket) answer += String(chunk)
  } catch (error) {
    if (answer === '') throw error
  }
  return answer
}

describe('startHttp()', () => {
  test('refuses an address that other machines reach when nobody has to sign in', async () => {
    for (const host of ['0.0.0.0', '::', '10.1.2.3', 'vigie.example']) {
      await assert.rejects(startHttp({ ...options, host }), {
        name: 'ListenError',
        message: /nobody has to sign in; make an account with "vigie user add NAME --role admin"/,
      })
    }
  })

  test('refuses a line without a version of HTTP', async () => {
    const server = await startHttp(options)
    const answer = await sendRaw(server.url, 'GET /api/hello\r\n\r\n')
    assert.match(answer, /^HTTP\/1\.1 400 [^]*it names no version of HTTP/)
    await server.close()
  })

  test('listens on such an address where people have to', async () => {
    const server = await startHttp({ ...options, host: '0.0.0.0', gate: closed })
    const url = server.url.replace('0.0.0.0', '127.0.0.1')
    assert.equal((await fetch(`${url}/api/hello`)).status, 401)
    await server.close()
  })

  test('says in one sentence that the port is taken', async () => {
    const first = await startHttp(options)
    const port = Number(new URL(first.url).port)
    await assert.rejects(startHttp({ ...options, port }), {
      name: 'ListenError',
      message: `Cannot listen on 127.0.0.1:${port}: the port is taken; stop the other program or set VIGIE_LISTEN`,
    })
    await first.close()
  })

  test('says that an address is not of this machine', async () => {
    await assert.rejects(startHttp({ ...options, host: '192.0.2.1', gate: closed }), {
      message: /^Cannot listen on 192\.0\.2\.1:0: this machine has no such address/,
    })
  })

  test('answers 408 to half a request, and 431 to long headers, and 400 to what is not HTTP', async () => {
    const server = await startHttp({ ...options, limits: { requestTimeoutMs: 300 } })
    const head = `POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n`
    const [halfBody, halfHead, longHead, noise] = await Promise.all([
      sendRaw(server.url, `${head}\r\nabc`),
      sendRaw(server.url, head),
      sendRaw(server.url, `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`),
      sendRaw(server.url, '\x16\x03\x01 hello\r\n\r\n'),
    ])
    assert.match(
      halfBody,
      /^HTTP\/1\.1 408 .*"errors":\["Cannot read the request: it did not arrive whole in time"\]/s,
    )
    assert.match(halfHead, /^HTTP\/1\.1 408 /)
    assert.match(longHead, /^HTTP\/1\.1 431 .*its headers are too long/s)
    assert.match(noise, /^HTTP\/1\.1 400 .*it is not HTTP/s)
    await server.close()
  })

  test('takes no more connections than allowed', async () => {
    const server = await startHttp({ ...options, limits: { connections: 2 } })
    const { hostname, port } = new URL(server.url)
    const held = [connect(Number(port), hostname), connect(Number(port), hostname)]
    const accepted = 'GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n'
    for (const socket of held) {
      socket.write(accepted)
      await new Promise((resolve) => socket.once('data', resolve))
    }
    await assert.rejects(fetch(`${server.url}/api/hello`))
    for (const socket of held) socket.destroy()
    await server.close()
  })

  test('closes within a second although a request is only half there', async () => {
    const server = await startHttp({ ...options, limits: { closeMs: 200 } })
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    const cut = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
    socket.write('POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab')
    await fetch(`${server.url}/api/hello`)
    const startMs = performance.now()
    await server.close()
    await cut
    assert.ok(performance.now() - startMs < 1000)
    await assert.rejects(fetch(`${server.url}/api/hello`))
  })
})

describe('answers', () => {
  test('an address that is not there: 404 with a sentence', async () => {
    const app = await buildHttp(options)
    for (const url of ['/api/nothing', '/x/../api', '/intake/other', '/api/hello/more']) {
      const answer = await app.inject({ url })
      assert.equal(answer.statusCode, 404, url)
      assert.match(
        answer.json<{ errors: string[] }>().errors[0] ?? '',
        /^Cannot GET .*: there is no such address/,
      )
    }
    const wrongMethod = await app.inject({ method: 'DELETE', url: '/api/hello' })
    assert.equal(wrongMethod.statusCode, 404)
    await app.close()
  })

  test('an address that cannot be decoded, or with too long a part: a 4xx with a sentence', async () => {
    const app = await buildHttp(options)
    for (const url of ['/api/%zz', `/api/${'x'.repeat(3000)}`]) {
      const answer = await app.inject({ url })
      assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${answer.statusCode}`)
      assert.ok((answer.json<{ errors: string[] }>().errors[0] ?? '').length < 400)
    }
    await app.close()
  })

  test('a fault of ours: 500 without its text', async () => {
    const app = await buildHttp(options)
    const answer = await app.inject({ url: '/api/broken', headers: { host: 'localhost' } })
    assert.equal(answer.statusCode, 500)
    assert.doesNotMatch(answer.body, /secret|at /)
    assert.match(answer.body, /^\{"errors":\["Cannot answer: an internal fault; /)
    await app.close()
  })

  test('every answer carries the protecting headers and none lets another site read it', async () => {
    const app = await buildHttp(options)
    for (const url of ['/api/hello', '/api/nothing', '/']) {
      const { headers } = await app.inject({
        url,
        headers: { host: 'localhost', origin: 'https://evil.example' },
      })
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.match(String(headers['content-security-policy']), /default-src 'self'/)
      assert.equal(headers['access-control-allow-origin'], undefined)
    }
    await app.close()
  })
})

describe('roles', () => {
  const person = (role: Role): PeopleGate => ({
    isOpen: () => false,
    admit: async () => ({ name: 'ann', role, via: 'session' }),
  })
  const asked: readonly (readonly [Role, Role, number])[] = [
    ['viewer', 'viewer', 200],
    ['viewer', 'editor', 403],
    ['viewer', 'admin', 403],
    ['editor', 'viewer', 200],
    ['editor', 'editor', 200],
    ['editor', 'admin', 403],
    ['admin', 'viewer', 200],
    ['admin', 'editor', 200],
    ['admin', 'admin', 200],
  ]
  for (const [role, needs, status] of asked) {
    test(`a route that needs ${needs}, asked by one who is ${role}: ${status}`, async () => {
      const gate = person(role)
      const app = await buildHttp({ ...options, gate, routes: [{ ...hello, needs }] })
      const answer = await app.inject({ url: '/api/hello' })
      assert.equal(answer.statusCode, status)
      if (status === 403) {
        assert.match(answer.body, new RegExp(`needs the role ${needs}, and theirs is ${role}`))
      }
      await app.close()
    })
  }
})
