import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { estimatedTotals, sampleTotals } from '../../test/server/sample-totals.ts'
import type { ContainerTotals } from '../model/container-totals.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { QuestionError } from './question-error.ts'
import { askRuns, type RunsRequest, type RunsResult } from './runs.ts'

const endMs = Math.floor(Date.now() / 1000) * 1000
const minuteMs = 60_000

/** A run that ended so many minutes ago and took so many seconds of CPU. */
function run(
  digit: string,
  minutesAgo: number,
  change: Partial<ContainerTotals> = {},
): ContainerTotals {
  return sampleTotals(digit, { finishedAtMs: endMs - minutesAgo * minuteMs, ...change })
}

const runs: readonly ContainerTotals[] = [
  run('a', 1, { cpuNanos: 3e9, image: 'busybox', tags: [], memoryPeakBytes: 2 ** 40 }),
  run('a', 2, { cpuNanos: 1e9, image: 'busybox:latest', tags: [], startedAtMs: 0 }),
  run('b', 3, { cpuNanos: 2e9, host: 'web-02', name: '100%_job' }),
  estimatedTotals('c', { finishedAtMs: endMs - 4 * minuteMs, image: 'reg:5000/team/job@sha256:9' }),
  run('d', 120, { cpuNanos: 7e9 }),
]

describe('askRuns()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    await store.write({ runs })
  })

  after(() => store[Symbol.asyncDispose]())

  const ask = (request: Partial<RunsRequest> = {}): Promise<RunsResult> =>
    askRuns(store, { sinceMs: endMs - 60 * minuteMs, order: 'finished', limit: 10, ...request })

  const names = async (request: Partial<RunsRequest>): Promise<string> =>
    (await ask(request)).runs.map(({ container_id: id }) => id[0]).join('')

  test('gives runs with their figures, the one that ended last first', async () => {
    const { runs: found } = await ask({ limit: 1 })
    assert.deepEqual(found, [
      {
        container_id: 'a'.repeat(64),
        name: 'job-a',
        image: 'busybox',
        short_image: 'busybox',
        host: 'debian-1',
        tags: [],
        started_ms: endMs - minuteMs - 2000,
        finished_ms: endMs - minuteMs,
        exit_code: 0,
        oom_killed: false,
        cpu_seconds: 3,
        user_seconds: 1,
        system_seconds: 0.5,
        throttled_seconds: 0.25,
        memory_peak_bytes: 2 ** 40,
        read_bytes: 4096,
        written_bytes: 0,
        received_bytes: 100,
        sent_bytes: 50,
        exact: true,
        method: 'last_reading',
        reason: '',
      },
    ])
  })

  test('adds up all that match, those beyond the limit too, and leaves out what was not read', async () => {
    const { sums } = await ask({ limit: 1 })
    assert.deepEqual(sums, {
      runs: 4,
      exact_runs: 3,
      cpu_seconds: 6,
      user_seconds: 3,
      system_seconds: 1.5,
      throttled_seconds: 0.75,
      memory_peak_bytes: 2 ** 40,
      read_bytes: 3 * 4096,
      written_bytes: 0,
      received_bytes: 300,
      sent_bytes: 150,
    })
  })

  test('has no sum where nothing was read, and none of nothing', async () => {
    const { runs: unread, sums } = await ask({ name: 'job-c' })
    assert.deepEqual([unread[0]?.cpu_seconds, unread[0]?.exit_code], [null, null])
    assert.deepEqual([sums.runs, sums.cpu_seconds, sums.memory_peak_bytes], [1, null, null])
    const none = await ask({ name: 'nobody' })
    assert.deepEqual([none.runs, none.sums.runs, none.sums.cpu_seconds], [[], 0, null])
  })

  const orders: readonly (readonly [RunsRequest['order'], string])[] = [
    ['finished', 'aabc'],
    ['cpu', 'abac'],
    ['duration', 'aabc'],
    ['memory', 'abac'],
    ['name', 'baac'],
    ['image', 'aacb'],
  ]
  for (const [order, expected] of orders) {
    test(`puts them in the order of ${order}, those without a figure last`, async () => {
      assert.equal(await names({ order }), expected)
    })
  }

  const choices: readonly (readonly [string, Partial<RunsRequest>, string])[] = [
    ['how far back', { sinceMs: endMs - 3 * minuteMs }, 'aab'],
    ['until when', { untilMs: endMs - 2 * minuteMs }, 'bc'],
    ['the last part of the image', { image: 'job' }, 'bc'],
    ['the image without its tag', { image: 'registry:5000/team/job' }, 'b'],
    ['the whole image', { image: 'busybox:latest' }, 'a'],
    ['a part of the image', { image: '*/team/*' }, 'bc'],
    ['the name', { name: 'job-*' }, 'aac'],
    ['signs that SQL has a meaning for', { name: '100%_job' }, 'b'],
    ['none of them as a pattern', { name: 'j_b%' }, ''],
    ['quotes', { name: `' OR '1' = '1` }, ''],
    ['the host', { host: 'web-02' }, 'b'],
    ['an id', { container: 'a'.repeat(64) }, 'aa'],
    ['the start of an id', { container: 'c'.repeat(12) }, 'c'],
    ['all together', { image: 'busybox', name: 'job-a', host: 'debian*' }, 'aa'],
  ]
  for (const [what, request, expected] of choices) {
    test(`chooses by ${what}`, async () => assert.equal(await names(request), expected))
  }

  test('says in one sentence that the store could not answer', async () => {
    const away = createClient({
      url: 'http://127.0.0.1:1',
      log: { level: ClickHouseLogLevel.OFF },
    })
    await assert.rejects(
      askRuns({ read: away }, { sinceMs: 0, order: 'cpu', limit: 1 }),
      (error) =>
        error instanceof QuestionError &&
        error.kind === 'failed' &&
        error.message === 'Cannot list the runs: the store could not answer; try again',
    )
    await away.close()
  })
})
