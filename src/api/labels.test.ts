import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  openTestServer,
  sampleContainer,
  sentenceOf,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import { openQuestions } from '../query/open-questions.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { labelQuestionLimits } from './contract/labels.ts'
import { labelListSchema, labelValuesSchema } from './schemas/labels.ts'

const nowMs = 1_790_000_000_000
const path = '/api/containers/labels'
const [web, api, ended, unheard] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64))

let store: TemporaryStore
let server: TestServer

before(async () => {
  store = await openTemporaryStore()
  server = await openTestServer({
    clock: () => nowMs,
    store,
    registry: store.series,
    ...openQuestions(store),
  })
  const team = (value: string): { labels: Record<string, string> } => ({
    labels: { 'com.example.team': value, 'com.example/Tier,1': 'front' },
  })
  const inventory = { kind: 'inventory', host: 'h', timeMs: nowMs, removedIds: [] } as const
  server.live.applyInventory({
    ...inventory,
    isFull: true,
    containers: [sampleContainer('a', team('web')), sampleContainer('b', team(''))],
  })
  await store.write({
    containers: [
      {
        host: 'h',
        timeMs: nowMs - 86_400_000,
        container: sampleContainer('c', { ...team('old'), state: 'removed' }),
      },
    ],
  })
})

after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
})

function ask(body: object): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('GET /api/containers/labels', () => {
  test('lists the labels of live containers', async () => {
    const list = labelListSchema.parse(await (await server.get(`${path}?search=EXAMPLE`)).json())
    assert.deepEqual(list, {
      labels: [
        { name: 'com.example.team', containers: 2, values: 2 },
        { name: 'com.example/Tier,1', containers: 2, values: 1 },
      ],
      count: 2,
    })
  })
})

describe('POST /api/containers/labels', () => {
  test('tells values of live containers and of those that have ended, and of others that they have none', async () => {
    const answer = await ask({
      labels: ['com.example.team', 'com.example/tier,1', 'other'],
      containers: [ended, web, unheard, api],
    })
    assert.deepEqual(labelValuesSchema.parse(await answer.json()), {
      values: [
        ['old', 'web', null, ''],
        ['front', 'front', null, 'front'],
        [null, null, null, null],
      ],
    })
  })

  const refused = [
    [{ labels: [], containers: [] }, /body\.labels/],
    [{ labels: ['a'], containers: ['abc'] }, /expected 64 lower-case hexadecimal digits/],
    [
      { labels: ['a'], containers: Array(labelQuestionLimits.containers + 1).fill(web) },
      /body\.containers/,
    ],
  ] as const
  for (const [body, reason] of refused) {
    test(`says why it does not answer: ${reason.source}`, async () => {
      const answer = await ask(body)
      assert.equal(answer.status, 400)
      assert.match(await sentenceOf(answer), reason)
    })
  }
})
