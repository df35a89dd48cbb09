import type { Container } from '../../src/model/container.ts'
import { askSql } from '../../src/query/people-sql.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { StoredKind, StoredSeries } from '../../src/store/store.ts'
import { makeSketch } from '../agent/sketches.ts'
import { sampleLedger } from '../server/sample-ledger.ts'
import { sampleBlock, sampleOrigin } from '../server/sample-logs.ts'
import { estimatedTotals, sampleTotals } from '../server/sample-totals.ts'

const minuteMs = 60_000

/** One of everything that a store takes, twice where an agent may send it twice, and points that come late. */
export async function fillStore(store: Store, endMs: number): Promise<void> {
  const startMs = endMs - 10 * minuteMs
  const points = pointsOf(store, startMs)
  const sketches = [1, 2, 3].map((n) => ({
    ...makeSketch([n, n * 10, -n, 0]),
    series: seriesOf(store, 'latency', 'distribution', [`n:${n}`]),
    timeMs: startMs,
  }))
  const event = {
    kind: 'event',
    title: `it's "odd"\n\\N`,
    text: '%%% \x1f \\ é😀 vigie.series',
    timeMs: startMs,
    alertType: 'warning',
    priority: 'low',
    aggregationKey: 'k',
    source: 'docker',
    host: 'h',
    tags: ['a:1', 'odd:\ud800\t,'],
  } as const
  const check = { kind: 'service-check', name: 'up', message: '', status: 2, host: 'h' } as const
  const batch = {
    points,
    sketches,
    events: [event, { ...event, title: 'other' }],
    serviceChecks: [{ ...check, timeMs: startMs, tags: ['a:1'] }],
    containers: [{ host: 'h', timeMs: startMs, container }],
    runs: [
      sampleTotals('a', { finishedAtMs: startMs }),
      estimatedTotals('b', { finishedAtMs: startMs }),
    ],
    ledgers: [sampleLedger()],
  }
  await store.write(batch)
  await store.write(batch)
  await store.write({ logs: [logLines(startMs)] })
  await store.rollUp()
  await store.write({ points: pointsOf(store, startMs - 10 * minuteMs) })
  await store.rollUp()
}

/** What the store says of all that `fillStore` has given it. */
export async function readStore(store: Store): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {}
  for (const query of ownQuestions) {
    const answer = await store.read.query({ query, format: 'JSONEachRow' })
    answers[query] = await answer.json()
  }
  for (const query of peopleQuestions) {
    answers[query] = await askSql(store, query)
  }
  return { ...answers, recent: await store.recentContainers(), tiers: store.tiers() }
}

const rolled = 'metric, id, time, min, max, sum, count, last'

const ownQuestions = [
  'SELECT * FROM vigie.points_1s FINAL ORDER BY metric, id, time',
  `SELECT ${rolled} FROM vigie.points_10s FINAL ORDER BY metric, id, time`,
  `SELECT ${rolled} FROM vigie.points_1m FINAL ORDER BY metric, id, time`,
  `SELECT count() AS n FROM vigie.rollup_marks`,
  'SELECT metric, id, time, count, min, max, sum, keys, counts FROM vigie.sketches FINAL ORDER BY id, time',
  'SELECT * EXCEPT seen FROM vigie.series FINAL ORDER BY metric, id',
  'SELECT * EXCEPT taken FROM vigie.log_lines ORDER BY time, position',
  'SELECT minute, origin, level, sum(lines) AS lines, sum(bytes) AS bytes FROM vigie.log_counts GROUP BY ALL ORDER BY ALL',
  'SELECT * FROM vigie.log_ledgers FINAL',
  `SELECT sum(value) AS total FROM vigie.points_1s FINAL
    WHERE id IN (SELECT id FROM vigie.series FINAL WHERE has(tags, 'n:1'))`,
  `SELECT o.container_name AS name, count() AS lines FROM vigie.log_lines AS l
    INNER JOIN vigie.log_origins AS o FINAL ON l.origin = o.id GROUP BY name ORDER BY name`,
]

const peopleQuestions = [
  'SELECT * FROM metrics ORDER BY metric, tags, time',
  'SELECT * FROM metrics_10s ORDER BY metric, tags, time',
  'SELECT metric, tags, max(max) AS most FROM vigie.metrics_1m GROUP BY metric, tags ORDER BY ALL',
  'SELECT * FROM distributions ORDER BY tags',
  'SELECT * FROM events ORDER BY title',
  'SELECT * FROM service_checks',
  'SELECT * FROM containers',
  'SELECT * FROM container_totals ORDER BY name',
  'SELECT * FROM logs ORDER BY time',
]

const container: Container = {
  id: 'c1',
  name: 'web-1',
  image: 'reg.io:5000/team/web:1.2',
  imageId: 'sha256:1',
  runtime: 'docker',
  state: 'running',
  health: 'healthy',
  createdAtMs: 1_790_000_000_000,
  startedAtMs: 1_790_000_001_000,
  wasOomKilled: false,
  restartCount: 0,
  command: `sh -c "echo 'hi'\n"`,
  labels: { 'com.example/a': `it's "quoted"`, empty: '' },
  env: ['PATH=/bin', 'ODD=\x1f\t\n\\'],
  ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' }],
  mounts: [{ kind: 'bind', source: '/a', target: '/b', isReadOnly: true }],
  networks: [{ name: 'bridge', ipAddress: '172.17.0.2' }, { name: 'none' }],
  networkMode: 'bridge',
  cpuLimitCores: 0.5,
  memoryLimitBytes: 9_007_199_254_740_991,
  tags: ['short_image:web', 'container_name:web-1'],
}

function seriesOf(
  store: Store,
  metric: string,
  kind: StoredKind,
  tags: readonly string[],
): StoredSeries {
  const series = store.series.resolve({ metric, kind, host: 'h', tags, intervalS: 1 })
  if (series === undefined) throw new Error('no room for a series')
  return series
}

/** Two minutes of points each second, of series whose ids lie all over. */
function pointsOf(store: Store, startMs: number) {
  const count = 120 * 5
  const series: StoredSeries[] = []
  const timesMs = new Float64Array(count)
  const values = new Float64Array(count)
  for (let row = 0; row < count; row += 1) {
    const n = row % 5
    series.push(seriesOf(store, n < 3 ? 'm' : 'é', 'gauge', [`n:${n}`]))
    timesMs[row] = startMs + Math.floor(row / 5) * 1000
    values[row] = n === 0 ? -1e300 : Math.sin(row) / 3
  }
  return { series, timesMs, values }
}

function logLines(startMs: number) {
  const timeNs = BigInt(startMs) * 1_000_000n
  const bytes = Buffer.from([0x61, 0xff, 0x00, 0xc3, 0x28])
  return sampleBlock([
    { message: 'plain', timeNs },
    { message: '', timeNs: timeNs + 1n, level: 'error', output: 'stderr' },
    { message: bytes, timeNs: timeNs + 2n, origin: sampleOrigin('b') },
    { message: 'with', timeNs: timeNs + 3n, attributes: { user: 'Zoë', 'a.b': '1' } },
    { message: 'x'.repeat(300_000), timeNs: timeNs + 4n, fileId: 2n ** 63n },
  ])
}
