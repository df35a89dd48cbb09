import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Container } from '../model/container.ts'
import { openStore, type Store, type StoreOptions } from './open-store.ts'
import { defaultRetention } from './retention.ts'
import type { StoreBatch } from './store.ts'

const nowMs = Math.floor(Date.now() / 1000) * 1000

const container: Container = {
  id: 'c1',
  name: 'web-1',
  image: 'reg.io:5000/team/web:1.2',
  imageId: 'sha256:1',
  runtime: 'docker',
  state: 'running',
  health: 'healthy',
  createdAtMs: nowMs - 5000,
  startedAtMs: nowMs - 4000,
  wasOomKilled: false,
  restartCount: 0,
  command: `sh -c "echo 'hi'\n"`,
  labels: { 'com.example/a': `it's "quoted"`, empty: '' },
  env: ['PATH=/bin', 'ODD=\x1f\t\n\\'],
  ports: [
    { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' },
    { containerPort: 53, protocol: 'udp' },
  ],
  mounts: [{ kind: 'bind', source: '/a', target: '/b', isReadOnly: true }],
  networks: [{ name: 'bridge', ipAddress: '172.17.0.2' }, { name: 'none' }],
  networkMode: 'bridge',
  cpuLimitCores: 0.5,
  memoryLimitBytes: 9_007_199_254_740_991,
  tags: ['short_image:web', 'container_name:web-1'],
}

describe('openStore()', () => {
  let folder: string
  let store: Store

  const options = (changes: Partial<StoreOptions> = {}): StoreOptions => ({
    dataDir: join(folder, 'data'),
    maxMemoryBytes: 512 * 1024 * 1024,
    retention: defaultRetention,
    queueBytes: 1_000_000,
    maxSeries: 100,
    logBudgetBytes: 1_000_000,
    restMs: 0,
    ...changes,
  })

  const rows = async (query: string): Promise<readonly unknown[]> =>
    (await store.read.query({ query, format: 'JSONEachRow' })).json()

  const pointBatch = (timeMs: number, value: number): StoreBatch => {
    const tags = ['b:2', 'a:1']
    const series = store.series.resolve({
      metric: 'm',
      kind: 'rate',
      host: 'h',
      tags,
      intervalS: 1,
    })
    assert.ok(series)
    const timesMs = Float64Array.of(timeMs)
    return { points: { series: [series], timesMs, values: Float64Array.of(value) } }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-open-'))
    store = await openStore(options())
  })

  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('shows points as metrics', async () => {
    await store.write(pointBatch(nowMs, -1.5))
    const [row] = await rows('SELECT * FROM vigie.metrics')
    assert.deepEqual(row, {
      time: new Date(nowMs).toISOString().replace('T', ' ').replace('Z', ''),
      metric: 'm',
      kind: 'rate',
      value: -1.5,
      host: 'h',
      tags: ['a:1', 'b:2'],
    })
  })

  test('shows a point that was sent again once, with its last value', async () => {
    await store.write(pointBatch(nowMs, -1.5))
    await store.write(pointBatch(nowMs, 2))
    assert.deepEqual(await rows('SELECT value FROM vigie.metrics'), [{ value: 2 }])
  })

  test('shows events, one for each time it was told', async () => {
    const event = {
      kind: 'event',
      title: `it's\n\n"odd"`,
      text: '%%% \n * x\x1fy \\ %%%',
      timeMs: nowMs,
      alertType: 'warning',
      priority: 'low',
      aggregationKey: 'docker:web',
      source: 'docker',
      host: 'h',
      tags: ['short_image:web', 'odd:\ud800\t,'],
    } as const
    await store.write({ events: [event, { ...event, title: 'other' }] })
    await store.write({ events: [event] })
    const found = await rows('SELECT * EXCEPT time FROM vigie.events ORDER BY title')
    const shown = {
      title: event.title,
      text: event.text,
      alert_type: 'warning',
      aggregation_key: 'docker:web',
      source: 'docker',
      host: 'h',
      tags: ['short_image:web', 'odd:\ufffd\t,'],
    }
    assert.deepEqual(found, [shown, { ...shown, title: 'other' }])
  })

  test('shows service checks', async () => {
    const check = { kind: 'service-check', name: 'docker.service_up', message: '' } as const
    const rest = { timeMs: nowMs, host: 'h', tags: ['a:1'] }
    await store.write({ serviceChecks: [{ ...check, ...rest, status: 2 }] })
    await store.write({ serviceChecks: [{ ...check, ...rest, status: 0, message: 'fine' }] })
    const found = await rows('SELECT * EXCEPT time FROM vigie.service_checks')
    assert.deepEqual(found, [
      { name: 'docker.service_up', status: 0, message: 'fine', host: 'h', tags: ['a:1'] },
    ])
  })

  test('gives a container back as it was written', async () => {
    await store.write(record({}))
    assert.deepEqual(await store.recentContainers(), [{ host: 'h', timeMs: nowMs, container }])
  })

  test('shows the newest state of each container', async () => {
    await store.write(record({ state: 'exited', exitCode: 137, wasOomKilled: true }, nowMs + 1000))
    await store.write(record({ state: 'paused' }, nowMs - 1000))
    const found = await rows(
      `SELECT id, short_image, state, started IS NULL AS unstarted, finished, exit_code, oom_killed,
        labels['com.example/a'] AS label, last_seen - first_seen AS seen FROM vigie.containers`,
    )
    assert.deepEqual(found, [
      {
        id: 'c1',
        short_image: 'web',
        state: 'exited',
        unstarted: 0,
        finished: null,
        exit_code: 137,
        oom_killed: true,
        label: `it's "quoted"`,
        seen: 2,
      },
    ])
    const [newest] = await store.recentContainers()
    assert.equal(newest?.container.exitCode, 137)
  })

  test('forgets a container an hour after it was removed', async () => {
    await store.write(record({ id: 'gone', state: 'removed' }, nowMs - 3_700_000))
    await store.write(record({ id: 'just-gone', state: 'removed' }, nowMs - 3_500_000))
    await store.write(record({ id: 'old', state: 'exited' }, nowMs - 7_200_000))
    const ids = (await store.recentContainers()).map((one) => one.container.id)
    assert.deepEqual(ids.toSorted(), ['c1', 'just-gone', 'old'])
  })

  test('keeps everything when it is opened again, and its steps are taken once', async () => {
    await store.close()
    store = await openStore(options())
    assert.equal((await store.recentContainers()).length, 3)
    assert.deepEqual(await rows('SELECT count() AS steps FROM vigie.schema_migrations'), [
      { steps: '5' },
    ])
  })

  test('keeps a written series apart from what was known before it was opened again', async () => {
    await store.write(pointBatch(nowMs + 1000, 3))
    assert.deepEqual(await rows('SELECT count() AS points FROM vigie.metrics'), [{ points: '2' }])
  })

  test('takes another retention over', async () => {
    await store.close()
    const retention = { ...defaultRetention, points1sMs: 7_200_000, eventsMs: 7_200_000 }
    store = await openStore(options({ retention, clock: () => nowMs }))
    const [row] = await rows(
      `SELECT engine_full FROM system.tables WHERE database = 'vigie' AND name = 'event_log'`,
    )
    assert.match(JSON.stringify(row), /TTL toDateTime\(time\) \+ toIntervalSecond\(7200\)/)
    assert.equal(store.tiers()[0]?.keptFromMs, nowMs - 7_200_000)
  })
})

function record(changes: Partial<Container>, timeMs = nowMs): StoreBatch {
  return { containers: [{ host: 'h', timeMs, container: { ...container, ...changes } }] }
}
