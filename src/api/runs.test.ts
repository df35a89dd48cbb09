import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { QuestionError } from '../query/question-error.ts'
import type { RunsRequest, RunsResult } from '../query/runs.ts'
import { runListSchema } from './schemas/runs.ts'

const figures = {
  cpu_seconds: 1.5,
  user_seconds: null,
  system_seconds: null,
  throttled_seconds: null,
  memory_peak_bytes: 4096,
  read_bytes: null,
  written_bytes: null,
  received_bytes: null,
  sent_bytes: null,
} as const
const foundRuns: RunsResult = {
  runs: [
    {
      ...figures,
      container_id: 'a'.repeat(64),
      name: 'job-a',
      image: 'team/job:1',
      short_image: 'job',
      host: 'h',
      tags: [],
      started_ms: 1,
      finished_ms: 2,
      exit_code: null,
      oom_killed: true,
      exact: false,
      method: 'last_sample',
      reason: 'read 0.4 s before its end',
    },
  ],
  sums: { ...figures, runs: 7, exact_runs: 6 },
}

let server: TestServer
let asked: RunsRequest[] = []
let failure: Error | undefined

beforeEach(async () => {
  asked = []
  failure = undefined
  server = await openTestServer({
    askRuns: async (request) => {
      asked.push(request)
      if (failure !== undefined) throw failure
      return foundRuns
    },
  })
})
afterEach(() => server.close())

describe('GET /api/runs', () => {
  test('gives runs and sums as the contract says', async () => {
    const answer: unknown = await (await server.get('/api/runs')).json()
    const list = runListSchema.parse(answer)
    assert.deepEqual(answer, list, 'nothing that the contract does not name')
    const [run] = list.runs
    assert.deepEqual(
      [run?.containerId, run?.shortImage, run?.startedAt, run?.finishedAt, run?.exitCode],
      ['a'.repeat(64), 'job', 1, 2, null],
    )
    assert.deepEqual(
      [run?.cpuSeconds, run?.readBytes, run?.exact, run?.reason],
      [1.5, null, false, 'read 0.4 s before its end'],
    )
    assert.deepEqual([list.sums.runs, list.sums.exact, list.sums.memoryPeakBytes], [7, 6, 4096])
    assert.equal(list.since, list.time - 3_600_000)
  })

  test('asks for what its parameters say', async () => {
    const container = 'a'.repeat(12)
    const search = new URLSearchParams({
      since: '7d',
      image: 'team/*',
      name: 'job',
      host: 'h',
      container,
      sort: 'cpu',
      limit: '1000',
    })
    const list = runListSchema.parse(
      await (await server.get(`/api/runs?${search.toString()}`)).json(),
    )
    const wanted = { image: 'team/*', name: 'job', host: 'h', container, order: 'cpu', limit: 1000 }
    assert.deepEqual(asked, [{ ...wanted, sinceMs: list.since }])
    assert.equal(list.since, list.time - 7 * 86_400_000)
    await server.get('/api/runs')
    assert.deepEqual(Object.keys(asked[1] ?? {}).toSorted(), ['limit', 'order', 'sinceMs'])
  })

  test('counts back from the end of the second that is asked for', async () => {
    const list = runListSchema.parse(
      await (await server.get('/api/runs?until=1000&since=90s')).json(),
    )
    assert.deepEqual([list.time, list.since], [1_001_000, 911_000])
    assert.deepEqual(asked.at(-1), {
      order: 'finished',
      limit: 100,
      sinceMs: 911_000,
      untilMs: 1_001_000,
    })
  })

  const faults: readonly (readonly [string, RegExp])[] = [
    ['since=yesterday', /^Cannot read the request: query\.since: expected how far to look back/],
    ['since=0h', /query\.since: expected/],
    ['since=3651d', /query\.since: expected/],
    ['since=999999999d', /query\.since: expected/],
    ['until=tomorrow', /query\.until: expected a whole number/],
    ['sort=cost', /query\.sort: expected one of finished, started, duration, cpu,/],
    ['limit=0', /query\.limit: expected a whole number from 1 to 1000$/],
    ['limit=1001', /query\.limit: expected/],
    ['limit=1.5', /query\.limit: expected/],
    ['limit=all', /query\.limit: expected/],
    ['container=web', /query\.container: expected 12 to 64/],
    ['image=', /query\.image: expected a text/],
    ['name=a&name=b', /query\.name: /],
    ['imge=web', /query: .*imge/],
  ]
  for (const [query, message] of faults) {
    test(`refuses ?${query} in one sentence`, async () => {
      const answer = await server.get(`/api/runs?${query}`)
      assert.equal(answer.status, 400)
      assert.match(await sentenceOf(answer), message)
      assert.deepEqual(asked, [])
    })
  }

  test('keeps the sentence of a question that cannot be answered', async () => {
    failure = new QuestionError('too-large', 'Cannot list the runs: too much')
    const answer = await server.get('/api/runs')
    assert.deepEqual(
      [answer.status, await sentenceOf(answer)],
      [422, 'Cannot list the runs: too much'],
    )
  })
})
