import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { otherSelfSigned, selfSigned } from '../../test/store/self-signed.ts'
import { openLog, type Log } from '../telemetry/log.ts'
import { openLocalGate } from './local-gate.ts'
import { startHttp, type HttpServer } from './start-http.ts'
import { followTlsFiles, type TlsFiles } from './tls-files.ts'

let folder = ''
let files: TlsFiles = { certFile: '', keyFile: '' }
let logged = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-tls-'))
  files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  logged = ''
  await put(selfSigned)
})
afterEach(() => rm(folder, { recursive: true }))

async function put(pair: { readonly cert: string; readonly key: string }): Promise<void> {
  await writeFile(files.certFile, pair.cert)
  await writeFile(files.keyFile, pair.key)
}

function openTestLog(): Log {
  return pino({ level: 'info' }, { write: (line) => (logged += line) })
}

describe('followTlsFiles()', () => {
  test('says once that there is another pair', async () => {
    const tls = await followTlsFiles(files, openTestLog())
    assert.equal(String(tls.first.cert), selfSigned.cert)
    assert.equal(await tls.next(), undefined)
    await put(otherSelfSigned)
    assert.equal(String((await tls.next())?.cert), otherSelfSigned.cert)
    assert.equal(await tls.next(), undefined)
  })

  test('keeps the pair it has while the new one is half there, and says so once', async () => {
    const tls = await followTlsFiles(files, openTestLog())
    await writeFile(files.certFile, otherSelfSigned.cert)
    assert.equal(await tls.next(), undefined)
    assert.match(logged, /Cannot speak TLS with .*the one before stays in force/)
    assert.doesNotMatch(logged, /PRIVATE KEY-----/)
    logged = ''
    assert.equal(await tls.next(), undefined)
    assert.equal(logged, '')
    await writeFile(files.keyFile, otherSelfSigned.key)
    assert.deepEqual((await tls.next())?.key, Buffer.from(otherSelfSigned.key))
  })

  test('keeps the pair when the files go', async () => {
    const tls = await followTlsFiles(files, openTestLog())
    await rm(files.keyFile)
    assert.equal(await tls.next(), undefined)
    assert.match(logged, /Cannot read .*key\.pem: ENOENT/)
  })

  test('refuses to begin with what is none', async () => {
    await writeFile(files.keyFile, otherSelfSigned.key)
    await assert.rejects(followTlsFiles(files, openTestLog()), {
      name: 'TlsFileError',
      message: /Cannot speak TLS with .*cert\.pem and .*key\.pem: .*mismatch/,
    })
    await writeFile(files.keyFile, 'secret words')
    await assert.rejects(followTlsFiles(files, openTestLog()), (error: Error) => {
      assert.match(error.message, /have to be a certificate and its private key, in PEM/)
      assert.doesNotMatch(error.message, /secret words/)
      return true
    })
  })
})

describe('startHttp() with TLS', () => {
  let server: HttpServer
  beforeEach(async () => {
    const gate = openLocalGate('127.0.0.1')
    const log = openLog('silent', 'test')
    server = await startHttp({ host: '127.0.0.1', port: 0, gate, tls: files, log, routes: [] })
  })
  afterEach(() => server.close())

  test('speaks it, and leaves other ports of the host alone', async () => {
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/)
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const asked = request(`${server.url}/api/nothing`, { ca: selfSigned.cert, agent: false })
      asked.on('response', (response) => {
        response.resume()
        resolve(response.headers)
      })
      asked.on('error', reject).end()
    })
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  test('speaks no version before 1.2', async () => {
    const port = Number(new URL(server.url).port)
    const attempt = new Promise((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        ca: selfSigned.cert,
        ciphers: 'DEFAULT@SECLEVEL=0',
      }
      const socket = connect({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })
      socket.on('secureConnect', resolve).on('error', reject)
    })
    await assert.rejects(attempt, /protocol version|unsupported protocol/i)
  })

  test('lets go of a client that speaks plain HTTP', async () => {
    await assert.rejects(fetch(server.url.replace('https', 'http')))
  })
})
