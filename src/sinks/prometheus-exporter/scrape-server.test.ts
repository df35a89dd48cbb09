import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { openScrapeServer, type ScrapeServer, type ScrapeServerOptions } from './scrape-server.ts'

const listen = { host: '127.0.0.1', port: 0 }
const page: readonly string[] = ['# HELP x X.\n', '', 'x 1\n']

async function open(
  change: Partial<ScrapeServerOptions> = {},
): Promise<ScrapeServer & AsyncDisposable> {
  const server = await openScrapeServer({
    listen,
    bearerToken: undefined,
    scrape: () => page,
    ...change,
  })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

async function ask(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const sent = request(url, { method, headers })
  sent.end()
  const [answer] = await once(sent, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

describe('openScrapeServer()', { timeout: 60_000 }, () => {
  test('answers with the page', async () => {
    await using server = await open()
    const { status, headers, body } = await ask(server.url)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
    assert.equal(headers['content-encoding'], undefined)
    assert.equal(String(body), '# HELP x X.\nx 1\n')
  })

  test('takes the format, and compresses, as it is asked to', async () => {
    const asked: string[] = []
    await using server = await open({
      scrape(format) {
        asked.push(format)
        return page
      },
    })
    const { headers, body } = await ask(server.url, {
      headers: { accept: 'application/openmetrics-text; version=1.0.0', 'accept-encoding': 'gzip' },
    })
    assert.deepEqual(asked, ['openmetrics'])
    assert.match(headers['content-type'] ?? '', /^application\/openmetrics-text; version=1\.0\.0/)
    assert.equal(headers['content-encoding'], 'gzip')
    assert.equal(String(gunzipSync(body)), '# HELP x X.\nx 1\n')
  })

  test('answers HEAD with headers alone', async () => {
    await using server = await open()
    const { status, body } = await ask(server.url, { method: 'HEAD' })
    assert.deepEqual([status, body.length], [200, 0])
  })

  const refused: readonly [what: string, method: string, path: string, status: number][] = [
    ['another path', 'GET', '/', 404],
    ['a path with tricks', 'GET', '/metrics/../metrics', 404],
    ['a post', 'POST', '/metrics', 405],
    ['a deletion', 'DELETE', '/metrics', 405],
  ]
  for (const [what, method, path, status] of refused) {
    test(`refuses ${what}`, async () => {
      await using server = await open()
      const { hostname, port } = new URL(server.url)
      const sent = request({ hostname, port, method, path })
      sent.end()
      const [answer] = await once(sent, 'response')
      assert.equal(answer.statusCode, status)
      assert.match(String(await buffer(answer)), /^[A-Z].*\n$/)
    })
  }

  test('asks for its token, and tells it to nobody', async () => {
    const bearerToken = 'a-token-of-24-characters'
    await using server = await open({ bearerToken })
    for (const authorization of ['', 'Bearer wrong', `Basic ${bearerToken}`, 'Bearer ']) {
      const { status, headers, body } = await ask(server.url, { headers: { authorization } })
      assert.equal(status, 401)
      assert.equal(headers['www-authenticate'], 'Bearer')
      assert.ok(!String(body).includes(bearerToken))
    }
    const headers = { authorization: `Bearer ${bearerToken}` }
    assert.equal((await ask(server.url, { headers })).status, 200)
  })

  test('makes four pages at a time, and asks a fifth to come again', async () => {
    const slow = Array.from({ length: 4000 }, () => 'x'.repeat(65_536))
    await using server = await open({ scrape: () => slow })
    const taken = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const sent = request(server.url, { agent: false })
        sent.end()
        const [answer] = await once(sent, 'response')
        return answer
      }),
    )
    const { status, headers } = await ask(server.url)
    assert.deepEqual([status, headers['retry-after']], [503, '1'])
    for (const answer of taken) answer.destroy()
  })

  test('refuses headers that are too long', async () => {
    await using server = await open()
    const { status } = await ask(server.url, { headers: { 'x-long': 'x'.repeat(10_000) } })
    assert.equal(status, 431)
  })

  test('lives on after a client that left in the middle of an answer', async () => {
    const slow = Array.from({ length: 4000 }, () => 'x'.repeat(65_536))
    let pages = 0
    await using server = await open({
      scrape() {
        pages += 1
        return pages === 1 ? slow : page
      },
    })
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    assert.equal((await ask(server.url)).status, 200)
  })

  test('says what to do where the port is taken', async () => {
    await using server = await open()
    const port = Number(new URL(server.url).port)
    await assert.rejects(
      open({ listen: { host: '127.0.0.1', port } }),
      /^Error: Cannot serve \/metrics on 127\.0\.0\.1:\d+: .*EADDRINUSE.*; set vigie\.sinks/,
    )
  })
})
