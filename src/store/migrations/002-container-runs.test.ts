import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { estimatedTotals, sampleTotals } from '../../../test/server/sample-totals.ts'
import { prepareStoreDir } from '../data-folder.ts'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import { insertOfContainers } from '../inserts/containers.ts'
import { migrate } from '../migrate.ts'
import { openStore, type Store } from '../open-store.ts'
import { defaultRetention } from '../retention.ts'
import { firstTables } from './001-first-tables.ts'

const maxMemoryBytes = 512 * 1024 * 1024
const endMs = Math.floor(Date.now() / 1000) * 1000

describe('a store that version 1 has made', () => {
  let dataDir: string
  let store: Store

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-version-1-'))
    const engine = await openEmbeddedEngine({
      storeDir: await prepareStoreDir(dataDir),
      maxMemoryBytes,
    })
    await migrate(engine.write, [firstTables])
    const container = sampleContainer('a')
    await engine.insertColumns(insertOfContainers([{ host: 'h', timeMs: endMs, container }]))
    await engine.close()
    store = await openStore({
      dataDir,
      maxMemoryBytes,
      retention: defaultRetention,
      queueBytes: 1_000_000,
      maxSeries: 100,
      logBudgetBytes: 1_000_000,
      restMs: 0,
    })
  })

  after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const rows = async (query: string): Promise<readonly unknown[]> =>
    (await store.people.query({ query, format: 'JSONEachRow' })).json()

  test('keeps what it had', async () => {
    const [record] = await store.recentContainers()
    assert.equal(record?.container.name, 'web-a')
  })

  test('shows runs to people from then on, every column of the promise', async () => {
    await store.write({ runs: [sampleTotals('a', { finishedAtMs: endMs })] })
    const time = (ms: number): string =>
      new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
    assert.deepEqual(await rows('SELECT * FROM container_totals'), [
      {
        container_id: 'a'.repeat(64),
        name: 'job-a',
        image: 'registry:5000/team/job:1.2',
        short_image: 'job',
        host: 'debian-1',
        tags: ['container_name:job-a', 'short_image:job'],
        started: time(endMs - 2000),
        finished: time(endMs),
        exit_code: 0,
        oom_killed: false,
        cpu_seconds: 1.5,
        user_seconds: 1,
        system_seconds: 0.5,
        memory_peak_bytes: '1048576',
        read_bytes: '4096',
        written_bytes: '0',
        received_bytes: '100',
        sent_bytes: '50',
        throttled_seconds: 0.25,
        exact: true,
        method: 'last_reading',
        reason: '',
      },
    ])
  })

  test('has NULL, never 0, for what was not read', async () => {
    const tags = ['container_name:job-b']
    await store.write({ runs: [estimatedTotals('b', { finishedAtMs: endMs, tags })] })
    const [row] = await rows(
      `SELECT * EXCEPT (container_id, name, image, host, tags, started, finished)
       FROM container_totals WHERE name = 'job-b'`,
    )
    assert.deepEqual(row, {
      short_image: 'job',
      exit_code: null,
      oom_killed: false,
      cpu_seconds: null,
      user_seconds: null,
      system_seconds: null,
      memory_peak_bytes: null,
      read_bytes: null,
      written_bytes: null,
      received_bytes: null,
      sent_bytes: null,
      throttled_seconds: null,
      exact: false,
      method: 'last_sample',
      reason: 'its counters were gone before they could be read',
    })
  })

  test('replaces a run that is sent again, and keeps the next run of the same container', async () => {
    const run = sampleTotals('c', { finishedAtMs: endMs })
    await store.write({ runs: [run] })
    await store.write({ runs: [{ ...run, cpuNanos: 9_000_000_000.4 }] })
    const next = { ...run, startedAtMs: run.startedAtMs + 1, cpuNanos: 2 ** 53 }
    await store.write({ runs: [next, next] })
    const found = await rows(
      `SELECT cpu_seconds FROM container_totals WHERE name = 'job-c' ORDER BY started`,
    )
    assert.deepEqual(found, [{ cpu_seconds: 9 }, { cpu_seconds: 2 ** 53 / 1e9 }])
  })

  test('keeps what is known better when a run is told again', async () => {
    const tags = ['container_name:job-e']
    const exact = sampleTotals('e', { finishedAtMs: endMs, tags })
    await store.write({ runs: [exact] })
    await store.write({ runs: [estimatedTotals('e', { finishedAtMs: endMs, tags })] })
    const found = await rows(`SELECT method FROM container_totals WHERE name = 'job-e'`)
    assert.deepEqual(found, [{ method: 'last_reading' }])
  })

  test('replaces a run although its end is told otherwise, weeks later', async () => {
    const run = sampleTotals('d', { startedAtMs: endMs - 40 * 86_400_000, finishedAtMs: endMs })
    await store.write({ runs: [{ ...run, finishedAtMs: endMs - 20 * 86_400_000 }] })
    await store.write({ runs: [run] })
    const found = await rows(
      `SELECT dateDiff('day', started, finished) AS days FROM container_totals
       WHERE name = 'job-d' AND finished > now() - INTERVAL 30 DAY`,
    )
    assert.deepEqual(found, [{ days: '40' }])
  })

  test('does not read the runs of other weeks', async () => {
    const answer = await store.people.query({
      query: `EXPLAIN indexes = 1 SELECT count() FROM container_totals WHERE finished > now() - 3600`,
      format: 'JSONCompactEachRow',
    })
    const plan = (await answer.json<[string]>()).map(([line]) => line.trim()).join('\n')
    assert.match(plan, /Name: finished_bounds/)
  })
})
