import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openTestServer, sentenceOf } from '../../test/server/open-test-server.ts'
import type { StoredHappening } from '../query/happenings/stored-happening.ts'
import { happeningsSchema } from './schemas/happenings.ts'

const key = { timeMs: 1_700_000_000_123, hash: '18446744073709551615', line: 2 }
const stored: StoredHappening = {
  key,
  kind: 'exit',
  action: 'exited',
  tone: 'critical',
  title: 'web exited with 1',
  text: '',
  host: 'h1',
  actor: 'docker',
  containerId: 'a'.repeat(64),
  containerName: 'web',
  image: 'nginx:1',
  exitCode: 1,
  ranMs: 1500,
  tags: ['env:prod'],
}

const refused: readonly (readonly [query: string, sentence: RegExp])[] = [
  ['to=1', /query\.from: expected a whole number from 0/],
  ['from=2&to=1', /query\.from: it is later than query\.to/],
  ['from=1&to=2&limit=0', /query\.limit: expected a whole number from 1 to 1000/],
  ['from=1&to=2&limit=1001', /query\.limit: expected a whole number from 1 to 1000/],
  ['from=1&to=2&odd=1', /odd/],
]

describe('GET /api/happenings', () => {
  test('gives rows, and where to go on', async () => {
    const asked: unknown[] = []
    await using server = await openTestServer({
      happenings: {
        ...notAsked,
        list: async (request) => {
          asked.push(request)
          const ofHost = {
            ...stored,
            containerId: '',
            containerName: '',
            exitCode: null,
            ranMs: null,
          }
          return { happenings: [stored, ofHost], next: '1-2-3' }
        },
      },
    })
    const answer = await server.get('/api/happenings?from=10&to=20&query=kind:exit&before=4-5-6')
    const { happenings, next } = happeningsSchema.parse(await answer.json())
    assert.deepEqual(asked, [
      { fromMs: 10_000, toMs: 20_999, query: 'kind:exit', limit: 200, before: '4-5-6' },
    ])
    assert.equal(next, '1-2-3')
    const { key: _key, containerId: id, containerName: name, image, ...rest } = stored
    assert.deepEqual(happenings[0], {
      ...rest,
      id: '1700000000123-18446744073709551615-2',
      timeMs: key.timeMs,
      container: { id, name, image },
    })
    assert.equal(happenings[1]?.container, null)
  })

  for (const [query, sentence] of refused) {
    test(`refuses ${query}`, async () => {
      await using server = await openTestServer()
      const answer = await server.get(`/api/happenings?${query}`)
      assert.equal(answer.status, 400)
      assert.match(await sentenceOf(answer), sentence)
    })
  }
})

describe('GET /api/happenings/counts', () => {
  test('gives its times in seconds', async () => {
    const facets = { kind: [], action: [], container: [], image: [], host: [], actor: [] }
    const bars = [{ kind: 'exit' as const, counts: [1, 0] }]
    await using server = await openTestServer({
      happenings: {
        ...notAsked,
        count: async () => ({ total: 1, stepMs: 10_000, fromMs: 20_000, bars, facets }),
      },
    })
    const answer = await server.get('/api/happenings/counts?from=20&to=39')
    assert.deepEqual(await answer.json(), { total: 1, stepS: 10, fromS: 20, bars, facets })
  })
})

const fail = (): Promise<never> => Promise.reject(new Error('not asked for in this test'))
const notAsked = {
  listEvents: fail,
  findEvent: fail,
  listServiceChecks: fail,
  list: fail,
  count: fail,
}
