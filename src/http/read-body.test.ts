import assert from 'node:assert/strict'
import { createServer, request as sendRequest, type OutgoingHttpHeaders } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { discardBody } from './discard-body.ts'
import { HttpError } from './http-error.ts'
import { defaultHttpLimits } from './limits.ts'
import { createBodyReader } from './read-body.ts'

const limits = {
  ...defaultHttpLimits,
  bodyBytes: 100_000,
  decompressedBytes: 1_000_000,
  openBodyBytes: 0,
}
const text = 'what containers do, '.repeat(1000)
const bomb = Buffer.alloc(50_000_000)

describe('createBodyReader()', () => {
  const readBody = createBodyReader(limits)
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => response.end(body),
      async (error: unknown) => {
        await discardBody(request)
        const refusal = error instanceof HttpError ? error : new HttpError(500, String(error))
        response.writeHead(refusal.status).end(refusal.message)
      },
    )
  })
  let port = 0
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' ? (address?.port ?? 0) : 0
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })

  function post(
    body: Buffer | string,
    headers: OutgoingHttpHeaders = {},
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = sendRequest({ host: '127.0.0.1', port, method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  const encodings: [string, Buffer][] = [
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip', Buffer.concat([gzipSync(text.slice(0, 5000)), gzipSync(text.slice(5000))])],
    ['identity, zstd', zstdCompressSync(text)],
    ['deflate,gzip', gzipSync(deflateSync(text))],
  ]
  for (const [encoding, body] of encodings) {
    test(`reads ${body.length} bytes of "${encoding}"`, async () => {
      const answer = await post(body, { 'content-encoding': encoding })
      assert.equal(answer.status, 200)
      assert.equal(answer.text, text)
    })
  }

  test('reads an empty body', async () =>
    assert.deepEqual(await post(''), { status: 200, text: '' }))

  for (const encoding of ['br', 'gzip, br', 'gzip, gzip, gzip', 'x'.repeat(3000)]) {
    test(`refuses the encoding "${encoding.slice(0, 20)}"`, async () => {
      const answer = await post('abc', { 'content-encoding': encoding })
      assert.equal(answer.status, 415)
      assert.match(answer.text, /^Cannot read Content-Encoding "/)
      assert.ok(answer.text.length < 250)
    })
  }

  for (const [encoding, whole] of [
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['zstd', zstdCompressSync(text)],
  ] as const) {
    test(`refuses ${encoding} that is cut off, broken or empty`, async () => {
      const broken = Buffer.from(whole)
      broken.fill(0xff, 4, 20)
      for (const body of [
        whole.subarray(0, whole.length - 10),
        whole.subarray(0, 5),
        broken,
        Buffer.alloc(0),
      ]) {
        const answer = await post(body, { 'content-encoding': encoding })
        assert.equal(
          answer.status,
          400,
          `${body.length} of ${whole.length} bytes: ${answer.text.slice(0, 100)}`,
        )
        assert.match(answer.text, new RegExp(`^Cannot decompress the body as ${encoding}: `))
      }
    })
  }

  for (const [encoding, whole] of [
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['zstd', zstdCompressSync(text)],
  ] as const) {
    test(`refuses ${encoding} with something behind its end`, async () => {
      const answer = await post(Buffer.concat([whole, Buffer.from('x'.repeat(50))]), {
        'content-encoding': encoding,
      })
      assert.equal(answer.status, 400)
      assert.match(answer.text, new RegExp(`^Cannot decompress the body as ${encoding}: `))
    })
  }

  test('refuses a body that says that it is too long, before it comes', async () => {
    const answer = await post(Buffer.alloc(100_001))
    assert.deepEqual(answer, {
      status: 413,
      text: 'Cannot take the body: it is longer than 100000 bytes; send less at once',
    })
  })

  test('refuses a body that becomes too long on the way', async () => {
    const answer = await post(Buffer.alloc(3_000_000), { 'transfer-encoding': 'chunked' })
    assert.equal(answer.status, 413)
  })

  for (const [encoding, body] of [
    ['gzip', gzipSync(bomb)],
    ['deflate', deflateSync(bomb)],
    ['zstd', zstdCompressSync(bomb)],
  ] as const) {
    test(`stops ${encoding} of ${body.length} bytes that would become 50 MB`, async () => {
      const answer = await post(body, { 'content-encoding': encoding })
      assert.equal(answer.status, 413)
      assert.match(answer.text, /longer than 1000000 bytes when decompressed/)
    })
  }

  test('does not leave room reserved after refusals', async () => {
    for (let n = 0; n < 30; n++) await post(zstdCompressSync(bomb), { 'content-encoding': 'zstd' })
    const longest = zstdCompressSync(Buffer.alloc(1_000_000))
    assert.equal((await post(longest, { 'content-encoding': 'zstd' })).status, 200)
  })

  test('takes no more bodies at one time than it has room for', async () => {
    const held = Array.from({ length: 11 }, () => {
      const options = {
        host: '127.0.0.1',
        port,
        method: 'POST',
        headers: { 'content-length': 100_000 },
      }
      const sent = sendRequest(options)
      const status = new Promise<number | undefined>((resolve) => {
        sent.on('response', (response) => resolve(response.resume().statusCode))
      })
      sent.write(Buffer.alloc(99_999))
      return { sent, status }
    })
    let probe = await post(Buffer.alloc(90_000))
    while (probe.status === 200) probe = await post(Buffer.alloc(90_000))
    assert.equal(probe.status, 503)
    assert.match(probe.text, /too much is being read already; try again/)
    for (const { sent } of held) sent.end('x')
    assert.deepEqual(
      await Promise.all(held.map(({ status }) => status)),
      held.map(() => 200),
    )
    assert.equal((await post(Buffer.alloc(90_000))).status, 200)
  })
})
