import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { directOutbound } from '../../../../test/agent/environment.ts'
import { RecordingIntake } from '../../../../test/agent/recording-intake.ts'
import { openRecordingProxy } from '../../../../test/agent/recording-proxy.ts'
import { otherSelfSigned, selfSigned } from '../../../../test/store/self-signed.ts'
import type { OutboundSettings } from '../../../component/outbound-settings.ts'
import type { Destination } from '../forwarder.ts'
import { createPoster, type PostResult } from './create-poster.ts'

const payload = {
  route: '/somewhere',
  contentType: 'application/json',
  contentEncoding: 'zstd',
  body: zstdCompressSync('{}'),
  count: 1,
}
const password = 'pass:word'

async function post(
  url: string,
  change: Partial<OutboundSettings> = {},
  headers: Destination['headers'] = () => ({ 'dd-api-key': 'k' }),
): Promise<PostResult> {
  const outbound = { ...directOutbound, ...change }
  const options = { outbound, timeoutMs: 60_000, connections: 1 }
  const poster = createPoster({ name: 'x', url, headers }, options)
  const result = await poster.post(payload, new AbortController().signal)
  poster.close()
  return result
}

/** A TLS server that answers 202. */
async function openTlsServer(
  pair: { readonly cert: string; readonly key: string },
  maxVersion: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3',
): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer({ ...pair, maxVersion }, (request, response) => {
    request.resume()
    response.writeHead(202).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A file in a folder that goes when the test is over. */
async function writeCertificates(text: string): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  const path = join(folder, 'ca.pem')
  await writeFile(path, text)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

function through(port: number): Partial<OutboundSettings> {
  const proxy = `http://user:${encodeURIComponent(password)}@127.0.0.1:${port}`
  return { proxy: { http: proxy, https: proxy, noProxy: [], matchesEndings: false } }
}

const trusting = (caFile: string): OutboundSettings['tls'] => ({ ...directOutbound.tls, caFile })

/** Why there was no answer. */
function reasonOf(result: PostResult): string {
  assert.equal(result.kind, 'failed')
  return result.kind === 'failed' ? result.reason : ''
}

describe('createPoster()', { concurrency: true, timeout: 60_000 }, () => {
  for (const [header, retryAfterMs] of [
    ['2', 2000],
    ['0', undefined],
    ['-1', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ] as const) {
    test(`gives the pause that "Retry-After: ${header}" asks for`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => 503
      intake.answerHeaders = { 'retry-after': header }
      const result = await post(intake.url)
      assert.ok(result.kind === 'answer')
      assert.deepEqual([result.status, result.text], [503, 'status 503'])
      assert.equal(result.retryAfterMs, retryAfterMs)
    })
  }

  test('says why there was no answer', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => 'cut'
    assert.deepEqual(await post(intake.url), { kind: 'failed', reason: 'socket hang up' })
  })

  test('says how long it waited', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => undefined
    const options = { outbound: directOutbound, timeoutMs: 100, connections: 1 }
    const poster = createPoster({ name: 'x', url: intake.url, headers: () => ({}) }, options)
    const result = await poster.post(payload, new AbortController().signal)
    poster.close()
    assert.equal(reasonOf(result), 'it has not answered for 0.1 s')
  })

  test('does not repeat a key that the answer repeats', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => 403
    const result = await post(intake.url, {}, () => ({ 'dd-api-key': 'status' }))
    assert.equal(result.kind === 'answer' && result.text, '******** 403')
  })

  test('does not repeat a key that cannot be sent', async () => {
    const reason = reasonOf(await post('http://127.0.0.1:9', {}, () => ({ 'dd-api-key': 'a\nb' })))
    assert.equal(reason, 'Invalid character in header content ["dd-api-key"]')
  })

  describe('through a proxy', { concurrency: true }, () => {
    test('asks it for a plain address, with user and password', async () => {
      await using intake = await new RecordingIntake().open()
      await using proxy = await openRecordingProxy(Number(new URL(intake.url).port))
      const result = await post('http://vigie.test', through(proxy.port))
      assert.equal(result.kind === 'answer' && result.status, 202)
      const authorization = `Basic ${Buffer.from(`user:${password}`).toString('base64')}`
      const target = 'http://vigie.test/somewhere'
      assert.deepEqual(proxy.asked, [{ method: 'POST', target, authorization }])
      assert.equal(intake.received[0]?.headers['dd-api-key'], 'k')
    })

    test('asks it for a tunnel to an address with TLS', async () => {
      await using server = await openTlsServer(otherSelfSigned)
      await using ca = await writeCertificates(otherSelfSigned.cert)
      await using proxy = await openRecordingProxy(server.port)
      const tls = trusting(ca.path)
      const result = await post('https://vigie.test', { ...through(proxy.port), tls })
      assert.equal(result.kind === 'answer' && result.status, 202)
      assert.deepEqual(
        proxy.asked.map(({ method, target }) => [method, target]),
        [['CONNECT', 'vigie.test:443']],
      )
    })

    test('checks the certificate at the end of the tunnel', async () => {
      await using server = await openTlsServer(selfSigned)
      await using proxy = await openRecordingProxy(server.port)
      const result = await post('https://vigie.test', through(proxy.port))
      assert.match(reasonOf(result), /self-signed certificate/)
    })

    for (const url of ['http://vigie.test', 'https://vigie.test']) {
      test(`says what it answered, and no secret, for ${url}`, async () => {
        await using proxy = await openRecordingProxy(9)
        proxy.refuseWith = 407
        const result = await post(url, through(proxy.port))
        assert.match(JSON.stringify(result), /407/)
        assert.doesNotMatch(JSON.stringify(result), /pass/)
      })
    }

    for (const [proxy, reason] of [
      ['socks5://user:pass@127.0.0.1:1', /^the proxy has the scheme socks5:\/\/; give it as/],
      ['http://user:pass@127.0.0.1:99999', /^the proxy has no address that can be read; give/],
      ['user:pass@127.0.0.1:80', /^the proxy has /],
      ['http://user:pass@127.0.0.1:1', /ECONNREFUSED 127\.0\.0\.1:1/],
    ] as const) {
      test(`says what is wrong with ${proxy}, and no secret`, async () => {
        const settings = { http: proxy, noProxy: [], matchesEndings: false }
        const told = reasonOf(await post('http://vigie.test', { proxy: settings }))
        assert.match(told, reason)
        assert.doesNotMatch(told, /pass/)
      })
    }
  })

  describe('over TLS', { concurrency: true }, () => {
    const address = ({ port }: { readonly port: number }): string => `https://127.0.0.1:${port}`

    test('does not trust a certificate that nobody has signed', async () => {
      await using server = await openTlsServer(selfSigned)
      assert.match(reasonOf(await post(address(server))), /self-signed certificate/)
    })

    test('trusts it when it is in the file', async () => {
      await using server = await openTlsServer(selfSigned)
      await using ca = await writeCertificates(selfSigned.cert)
      const result = await post(address(server), { tls: trusting(ca.path) })
      assert.equal(result.kind === 'answer' && result.status, 202)
    })

    test('trusts anybody when it is told to', async () => {
      await using server = await openTlsServer(selfSigned)
      const tls = { ...directOutbound.tls, isVerified: false }
      const result = await post(address(server), { tls })
      assert.equal(result.kind === 'answer' && result.status, 202)
    })

    test('speaks no older version than it is told to', async () => {
      await using server = await openTlsServer(selfSigned, 'TLSv1.2')
      const tls = { isVerified: false, minVersion: 'TLSv1.3' } as const
      assert.match(reasonOf(await post(address(server), { tls })), /protocol version/i)
    })

    test('says that the file is not there, and reads it once it is', async () => {
      await using server = await openTlsServer(selfSigned)
      await using ca = await writeCertificates(selfSigned.cert)
      await rm(ca.path)
      const outbound = { ...directOutbound, tls: trusting(ca.path) }
      const options = { outbound, timeoutMs: 60_000, connections: 1 }
      const destination = { name: 'x', url: address(server), headers: () => ({}) }
      const poster = createPoster(destination, options)
      const { signal } = new AbortController()
      assert.match(reasonOf(await poster.post(payload, signal)), /ENOENT.*ca\.pem/)
      await writeFile(ca.path, selfSigned.cert)
      const result = await poster.post(payload, signal)
      poster.close()
      assert.equal(result.kind === 'answer' && result.status, 202)
    })

    test('says that the file has no certificate', async () => {
      await using ca = await writeCertificates('hello')
      const reason = reasonOf(await post('https://127.0.0.1:9', { tls: trusting(ca.path) }))
      assert.equal(reason, `the file ${ca.path} has no certificate in PEM format`)
    })
  })
})
