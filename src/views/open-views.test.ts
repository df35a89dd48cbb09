import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openViews, type Views } from './open-views.ts'
import { maxViews } from './view-record.ts'

let root: string
let made = 0
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigie-views-'))
})
after(() => rm(root, { recursive: true, force: true }))

function open(dataDir = join(root, String(++made))): Promise<Views> {
  return openViews({ dataDir, clock: () => 1000 })
}

const view = (change: object = {}): Parameters<Views['save']>[0] => ({
  name: 'shop',
  path: '/logs',
  search: 'query=service%3Ashop&live=15m',
  ...change,
})

describe('openViews()', () => {
  test('keeps a view, and gives it to the next process', async () => {
    const dataDir = join(root, 'kept')
    const views = await open(dataDir)
    await views.save(view(), 'ann')
    await views.save(view({ name: ' all ', path: '/', search: '' }), 'bob')
    const kept = [
      { name: 'all', path: '/', search: '', savedBy: 'bob', savedAtMs: 1000 },
      { ...view(), savedBy: 'ann', savedAtMs: 1000 },
    ]
    assert.deepEqual(views.list(), kept)
    assert.deepEqual((await open(dataDir)).list(), kept)
  })

  test('puts a view in the place of the one with its name, whoever saved that', async () => {
    const views = await open()
    await views.save(view(), 'ann')
    await views.save(view({ path: '/events' }), 'bob')
    assert.deepEqual(
      views.list().map(({ path, savedBy }) => [path, savedBy]),
      [['/events', 'bob']],
    )
  })

  test('tears nothing when many save at once in two processes', async () => {
    const dataDir = join(root, 'many')
    const both = [await open(dataDir), await open(dataDir)]
    const saves = both.flatMap((views, side) =>
      Array.from({ length: 10 }, (_, n) => {
        const count = 2 * n + side
        return views.save(view({ name: `v${count % 15}`, search: `n=${count}` }), 'ann')
      }),
    )
    await Promise.all(saves)
    const found = (await open(dataDir)).list()
    assert.equal(found.length, 15)
    assert.ok(
      found.every(({ name, search }) => Number(search.slice(2)) % 15 === Number(name.slice(1))),
    )
  })

  test('deletes a view by its name, and says when there is none', async () => {
    const views = await open()
    await views.save(view(), 'ann')
    await assert.rejects(views.delete('Shop'), {
      status: 404,
      message: 'Cannot delete the view "Shop": there is none with this name',
    })
    await views.delete('shop')
    assert.deepEqual(views.list(), [])
  })

  test('takes a limited number; one of them can still be saved again', async () => {
    const dataDir = join(root, 'full')
    await open(dataDir)
    const views = Array.from({ length: maxViews }, (_, n) => ({
      ...view({ name: `v${n}` }),
      savedBy: 'ann',
      savedAtMs: 0,
    }))
    await writeFile(join(dataDir, 'views', 'views-1.json'), JSON.stringify({ version: 1, views }))
    const full = await open(dataDir)
    await assert.rejects(full.save(view(), 'ann'), {
      status: 409,
      message: /there are 500; delete/,
    })
    await full.save(view({ name: 'v7' }), 'bob')
    assert.equal(full.list().length, maxViews)
  })

  test('does not write over what it cannot read', async () => {
    const dataDir = join(root, 'broken')
    await open(dataDir)
    const path = join(dataDir, 'views', 'views-3.json')
    await writeFile(path, '{"version":1,"views":[{"name"')
    await assert.rejects(
      open(dataDir),
      /^StateFileError: Cannot use .*views-3\.json: it is broken: not JSON; put it back from a backup/,
    )
    assert.equal(await readFile(path, 'utf8'), '{"version":1,"views":[{"name"')
    assert.deepEqual(await readdir(join(dataDir, 'views')), ['views-3.json'])
  })
})

const refused: readonly (readonly [what: string, change: object])[] = [
  ['an empty name', { name: '  ' }],
  ['a long name', { name: 'x'.repeat(101) }],
  ['a name that cannot be seen', { name: 'a\u202Eb' }],
  ['half a character', { name: '\uD800' }],
  ['no path', { path: '' }],
  ['a path of elsewhere', { path: '//evil.example/x' }],
  ['the same further on', { path: '/logs//x' }],
  ['an address', { path: 'https://evil.example/' }],
  ['a scheme', { path: 'javascript:alert(1)' }],
  ['a backslash', { path: '/\\evil.example' }],
  ['a path that climbs', { path: '/a/../b' }],
  ['a control character', { path: '/a\tb' }],
  ['a query in the path', { path: '/logs?x=1' }],
  ['a fragment', { path: '/logs#x' }],
  ['a route of the API', { path: '/api/access/me' }],
  ['a long path', { path: `/${'a'.repeat(200)}` }],
  ['a path that takes long to be read', { path: `/${'a'.repeat(100_000)}\0` }],
  ['a long search', { search: `q=${'a'.repeat(3999)}` }],
  ['a search with a fragment', { search: 'a=1#b' }],
  ['a search with a line break', { search: 'a=1\nb' }],
]

describe('a view that is saved', () => {
  for (const [what, change] of refused) {
    test(`has not ${what}`, async () => {
      const views = await open()
      const message = /^Cannot (?:name|save) (?:the view|a view of) ?/
      await assert.rejects(views.save(view(change), 'ann'), { status: 400, message })
      assert.deepEqual(views.list(), [])
    })
  }

  test('has no language, which is everybody’s own, and no question mark', async () => {
    const views = await open()
    await views.save(view({ search: '?lang=fr&q=lang%3Dx&l%61ng=en&x=1' }), 'ann')
    assert.equal(views.list()[0]?.search, 'q=lang%3Dx&x=1')
  })

  test('may be of any page of ours', async () => {
    for (const path of [
      '/',
      '/logs',
      '/containers/abc',
      '/dashboards/mon%20tableau',
      '/métriques',
    ]) {
      const views = await open()
      await views.save(view({ path }), 'ann')
      assert.equal(views.list()[0]?.path, path)
    }
  })
})
