import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openLocalGate } from './local-gate.ts'
import { buildHttp } from './start-http.ts'

const options = {
  host: '127.0.0.1',
  port: 0,
  gate: openLocalGate('127.0.0.1'),
  routes: [],
  log: openLog('silent', 'test'),
}

describe('the page', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-web-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Vigie</title>')
    await writeFile(join(folder, 'assets/app-1a2b.js'), 'console.log("vigie");'.repeat(500))
    await writeFile(join(folder, 'assets/old-1a2b.js'), 'old')
    await writeFile(join(folder, 'assets/old-1a2b.js.gz'), 'gz')
  })
  after(() => rm(folder, { recursive: true }))

  test('says how to build it when there is none', async () => {
    const app = await buildHttp({ ...options, webFolder: join(folder, 'missing') })
    const answer = await app.inject({ url: '/' })
    assert.equal(answer.statusCode, 404)
    assert.match(answer.body, /run `npm run build`/)
    await app.close()
  })

  test('is served for every address a browser asks for, but not for the API or for missing files', async () => {
    const app = await buildHttp({ ...options, webFolder: folder })
    const html = { accept: 'text/html,*/*', host: 'localhost' }
    for (const url of ['/', '/?q=1', '/index.html', '/containers/abc', '/agents?x=/api/']) {
      const answer = await app.inject({ url, headers: html })
      assert.equal(answer.statusCode, 200, url)
      assert.match(answer.body, /<title>Vigie/)
      assert.equal(answer.headers['cache-control'], 'no-cache')
      assert.match(String(answer.headers['content-type']), /^text\/html/)
    }
    assert.equal((await app.inject({ url: '/api/nothing', headers: html })).statusCode, 404)
    assert.equal(
      (await app.inject({ url: '/assets/gone.js', headers: { host: 'localhost' } })).statusCode,
      404,
    )
    assert.equal(
      (await app.inject({ method: 'POST', url: '/containers', headers: html })).statusCode,
      404,
    )
    for (const url of ['/../secret', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2fx']) {
      assert.notEqual(
        (await app.inject({ url, headers: { host: 'localhost' } })).statusCode,
        200,
        url,
      )
    }
    await app.close()
  })

  test('files with a hash in their name are kept for ever and come compressed', async () => {
    const app = await buildHttp({ ...options, webFolder: folder })
    const ask = async (url: string, encoding: string) =>
      app.inject({ url, headers: { host: 'localhost', 'accept-encoding': encoding } })
    const plain = await ask('/assets/app-1a2b.js', 'identity')
    assert.equal(plain.body.length, 10_500)
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
    const compressed = await ask('/assets/app-1a2b.js', 'gzip, br')
    assert.equal(compressed.headers['content-encoding'], 'gzip')
    assert.ok(compressed.rawPayload.length < 1000)
    assert.match(String(compressed.headers['content-type']), /javascript/)
    const ready = await ask('/assets/old-1a2b.js', 'gzip')
    assert.equal(ready.body, 'gz')
    assert.match(String(ready.headers['content-type']), /javascript/)
    await app.close()
  })
})
