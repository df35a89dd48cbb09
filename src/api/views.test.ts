import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { basic, commandLine, sampleAccount, samplePassword } from '../../test/server/page-client.ts'
import type { SavedView } from './contract/views.ts'
import { savedViewListSchema } from './schemas/views.ts'

let server: TestServer

before(async () => {
  server = await openTestServer()
  await server.access.accounts.add(sampleAccount('vic', 'viewer'), commandLine)
  await server.access.accounts.add(sampleAccount('ed', 'editor'), commandLine)
})
after(() => server.close())

function ask(path: string, name: string, body?: unknown): Promise<Response> {
  const headers = { ...basic(name, samplePassword), 'content-type': 'application/json' }
  if (body === undefined) return fetch(server.url + path, { headers })
  return fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function viewsOf(answer: Response): Promise<readonly SavedView[]> {
  return savedViewListSchema.parse(await answer.json()).views
}

const view = { name: 'Web errors', path: '/logs', search: 'query=status%3Aerror' }

describe('/api/views', () => {
  test('lets editors save and delete, and everybody look', async () => {
    const saved = await ask('/api/views', 'ed', {
      ...view,
      search: '?lang=fr&query=status%3Aerror',
    })
    assert.equal(saved.status, 200)
    const [row] = await viewsOf(saved)
    assert.deepEqual({ ...row, savedAtMs: 0 }, { ...view, savedBy: 'ed', savedAtMs: 0 })
    assert.deepEqual(await viewsOf(await ask('/api/views', 'vic')), [row])
    for (const [path, body] of [
      ['/api/views', view],
      ['/api/views/delete', { name: view.name }],
    ] as const)
      assert.equal((await ask(path, 'vic', body)).status, 403)
    const deleted = await ask('/api/views/delete', 'ed', { name: view.name })
    assert.deepEqual(await deleted.json(), { views: [] })
  })

  test('says what is wrong with a view', async () => {
    const elsewhere = await ask('/api/views', 'ed', { ...view, path: '//evil.example' })
    assert.equal(elsewhere.status, 400)
    assert.equal(
      await sentenceOf(elsewhere),
      'Cannot save a view of "//evil.example": expected the path of a page, such as /logs, of at most 200 characters',
    )
    for (const body of [{}, [], { ...view, savedBy: 'ann' }, { ...view, name: 7 }])
      assert.equal((await ask('/api/views', 'ed', body)).status, 400)
    assert.equal((await ask('/api/views/delete', 'ed', { name: 'none' })).status, 404)
  })
})
