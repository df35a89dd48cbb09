import assert from 'node:assert/strict'
import { request as sendRequest } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { encodeMetricPayload } from '../../test/server/encode-metric-payload.ts'
import {
  openTestServer,
  sampleContainer,
  sentenceOf,
  testKey,
  type TestServer,
} from '../../test/server/open-test-server.ts'

const mebibyte = 1024 * 1024
const intakeRoutes = [
  '/api/v2/series',
  '/api/v1/series',
  '/api/v1/check_run',
  '/intake/',
  '/api/vigie/v1/report',
]
const routes = [
  ...intakeRoutes,
  '/api/sql',
  '/api/health',
  '/api/containers',
  '/api/live',
  '/',
  '/nothing',
]

let server: TestServer
before(async () => {
  server = await openTestServer({ limits: { requestTimeoutMs: 6000 } })
})
after(() => server.close())

/** Posts a body of zeros, piece by piece; gives the status, or what became of the connection. */
function postZeros(
  path: string,
  bytes: number,
  headers: Record<string, string>,
): Promise<number | string> {
  return new Promise((resolve) => {
    const sent = sendRequest(server.url + path, {
      method: 'POST',
      headers: { 'dd-api-key': testKey, 'content-type': 'application/json', ...headers },
      agent: false,
    })
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', (error) => resolve(error.message))
    const piece = Buffer.alloc(mebibyte)
    let left = bytes
    function write(): void {
      while (left > 0) {
        left -= piece.length
        if (!sent.write(piece)) {
          sent.once('drain', write)
          return
        }
      }
      sent.end()
    }
    write()
  })
}

/** Sends bytes as they are; gives all that comes back until the server closes. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('every route', () => {
  test('answers 100 MiB with a 4xx, whether or not it says so first', async () => {
    for (const path of routes) {
      const takesBody = intakeRoutes.includes(path) || path === '/api/sql'
      const length = { 'content-length': String(100 * mebibyte) }
      assert.equal(await postZeros(path, 100 * mebibyte, length), takesBody ? 413 : 404, path)
      if (!takesBody) continue
      assert.equal(await postZeros(path, 100 * mebibyte, { 'transfer-encoding': 'chunked' }), 413)
    }
    assert.equal((await server.get('/api/health')).status, 200)
  })

  test('answers 100 MiB with a wrong key with 403', async () => {
    for (const path of intakeRoutes) {
      assert.equal(await postZeros(path, 100 * mebibyte, { 'dd-api-key': 'wrong' }), 403)
    }
  })

  test('answers half a request with 408, or what it was going to say anyway', async () => {
    const answers = await Promise.all(
      routes.map((path) =>
        sendRaw(
          `POST ${path} HTTP/1.1\r\nHost: localhost\r\nDD-API-KEY: ${testKey}\r\n` +
            'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"series":[',
        ),
      ),
    )
    for (const [index, answer] of answers.entries()) {
      assert.match(answer, /^HTTP\/1\.1 4\d\d .*\{"errors":\["Cannot .*"\]\}/s, routes[index])
      assert.doesNotMatch(answer, /HTTP\/1\.1 [25]/)
    }
  })

  test('answers a small body that unpacks into 512 MiB with 413', async () => {
    const zeros = Buffer.alloc(128 * mebibyte)
    const bombs = [
      ['gzip', gzipSync(zeros, { level: 9 })],
      ['zstd', zstdCompressSync(Buffer.concat([zeros, zeros, zeros, zeros]))],
    ] as const
    for (const path of [...intakeRoutes, '/api/sql']) {
      for (const [encoding, body] of bombs) {
        const answer = await server.post(path, body, { 'content-encoding': encoding })
        assert.equal(answer.status, 413, `${path} ${encoding}`)
        assert.match(await sentenceOf(answer), /when decompressed; send less at once/)
      }
    }
  })
})

describe('damaged bodies', () => {
  const timestamp = Math.floor(Date.now() / 1000)
  const bodies: [string, string, Buffer][] = [
    [
      '/api/v2/series',
      'application/x-protobuf',
      encodeMetricPayload([
        { metric: 'm', host: 'h', tags: ['a:b'], points: [{ value: 1, timestamp }] },
      ]),
    ],
    [
      '/api/v2/series',
      'application/json',
      Buffer.from(
        JSON.stringify({
          series: [
            {
              metric: 'm',
              type: 3,
              points: [{ timestamp, value: 1 }],
              resources: [{ type: 'host', name: 'h' }],
            },
          ],
        }),
      ),
    ],
    [
      '/api/v1/series',
      'application/json',
      Buffer.from(
        JSON.stringify({
          series: [{ metric: 'm', points: [[timestamp, 1]], tags: ['a:b'], host: 'h' }],
        }),
      ),
    ],
    [
      '/api/v1/check_run',
      'application/json',
      Buffer.from(JSON.stringify([{ check: 'c', status: 0, timestamp, tags: ['a:b'] }])),
    ],
    [
      '/intake/',
      'application/json',
      Buffer.from(
        JSON.stringify({ events: { api: [{ msg_title: 't', timestamp, tags: ['a:b'] }] } }),
      ),
    ],
    [
      '/api/vigie/v1/report',
      'application/json',
      Buffer.from(
        JSON.stringify({
          inventories: [
            {
              kind: 'inventory',
              host: 'h',
              timeMs: timestamp * 1000,
              isFull: true,
              removedIds: [],
              containers: [sampleContainer('a')],
            },
          ],
        }),
      ),
    ],
    ['/api/sql', 'application/json', Buffer.from('{"query":1}')],
  ]
  const random = pseudoRandom(7)
  const encodings = ['identity', 'gzip', 'deflate', 'zstd', 'br'] as const

  async function sendDamaged(): Promise<number> {
    const [path, type, good] = bodies[random(bodies.length)] ?? ['/', '', Buffer.alloc(0)]
    const body = Buffer.from(good.subarray(0, 1 + random(good.length)))
    for (let changes = random(4); changes > 0; changes--) body[random(body.length)] = random(256)
    const encoding = encodings[random(8)] ?? 'identity'
    const answer = await server.post(path, body, {
      'content-type': type,
      'content-encoding': encoding,
    })
    if (answer.status >= 400) assert.match(await sentenceOf(answer), /^Cannot /)
    else await answer.text()
    return answer.status
  }

  test('are answered with 202 or a 4xx and a sentence', async () => {
    const seen = new Map<number, number>()
    for (let n = 0; n < 1000; n++) {
      const status = await sendDamaged()
      seen.set(status, (seen.get(status) ?? 0) + 1)
    }
    const statuses = [...seen.keys()].toSorted((a, b) => a - b)
    assert.deepEqual(statuses, [202, 400, 415], JSON.stringify([...seen]))
  })

  test('leave no memory behind', async () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    async function usedAfter(requests: number): Promise<number> {
      for (let n = 0; n < requests; n++) await sendDamaged()
      server.written.length = 0
      for (let n = 0; n < 3; n++) {
        collect()
        await new Promise(setImmediate)
      }
      const { heapUsed, external } = process.memoryUsage()
      return (heapUsed + external) / mebibyte
    }
    const first = await usedAfter(500)
    const last = await usedAfter(1500)
    assert.ok(last - first < 8, `${first.toFixed(1)} MiB, then ${last.toFixed(1)} MiB`)
  })
})

/** Numbers below a bound that are the same in every run. */
function pseudoRandom(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % bound
  }
}
