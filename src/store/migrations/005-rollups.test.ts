import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import { prepareStoreDir } from '../data-folder.ts'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import { insertOfPoints, insertOfSeries } from '../inserts/points.ts'
import { insertOfSketches } from '../inserts/sketches.ts'
import { migrate, migrations } from '../migrate.ts'
import { openStore, type Store } from '../open-store.ts'
import { defaultRetention } from '../retention.ts'
import { storedSeries } from '../series-registry.ts'

const hourMs = 3_600_000
const nowMs = Date.UTC(2026, 0, 2, 12)
const identity = { host: 'h', tags: ['a:1'], intervalS: 1 }
const gauge = storedSeries({ ...identity, metric: 'm', kind: 'gauge' })
const distribution = storedSeries({ ...identity, metric: 'd', kind: 'distribution' })

describe('a store from before there were rollups', () => {
  let dataDir: string
  let store: Store

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-rollups-'))
    await writeOldStore(dataDir)
    store = await openStore({
      dataDir,
      maxMemoryBytes: 512 * 1024 * 1024,
      retention: defaultRetention,
      queueBytes: 1_000_000,
      maxSeries: 100,
      logBudgetBytes: 1_000_000,
      clock: () => nowMs,
    })
    await store.rollUp()
  })

  after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const ask = async (query: string): Promise<readonly unknown[]> =>
    (await store.read.query({ query, format: 'JSONCompactEachRow' })).json()

  test('is rolled up from its first point on', async () => {
    const columns = 'metric, kind, min, max, avg, sum, toUInt32(count), last, host, tags'
    const hours = `SELECT ${columns} FROM vigie.metrics_1h ORDER BY time`
    assert.deepEqual(await ask(hours), [
      ['m', 'gauge', 0, 1, 0.5, 1, 2, 1, 'h', ['a:1']],
      ['m', 'gauge', 2, 3, 2.5, 5, 2, 3, 'h', ['a:1']],
    ])
    for (const view of ['metrics_10s', 'metrics_1m']) {
      assert.deepEqual(await ask(`SELECT sum(sum), toUInt32(count()) FROM vigie.${view}`), [[6, 4]])
    }
    assert.deepEqual(await ask('SELECT toUInt32(count) FROM vigie.sketches_1h'), [[3]])
  })

  test('says that its seconds reach back as long as they are kept', () => {
    assert.deepEqual(
      store
        .tiers()
        .map(({ keptFromMs, completeToMs }) => [
          (nowMs - keptFromMs) / hourMs,
          (nowMs - completeToMs) / hourMs,
        ]),
      [
        [6, -Infinity],
        [7 * 24, 2 / 60],
        [90 * 24, 2 / 60],
        [730 * 24, 1],
      ],
    )
  })

  test('leaves it to nobody but the roller when its points go', async () => {
    const query = `SELECT name FROM system.tables WHERE database = 'vigie' AND engine_full LIKE '% TTL %'
      AND (name LIKE 'points%' OR name LIKE 'sketches%')`
    assert.deepEqual(await ask(query), [])
  })
})

/** Two points in each of two hours, 13 and 9 hours ago, and a distribution, in tables that drop them by themselves. */
async function writeOldStore(dataDir: string): Promise<void> {
  const storeDir = await prepareStoreDir(dataDir)
  const engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
  await migrate(engine.write, migrations.slice(0, 4))
  const agesMs = [13 * hourMs, 12.5 * hourMs, 9 * hourMs, 8.5 * hourMs]
  const points = {
    series: agesMs.map(() => gauge),
    timesMs: Float64Array.from(agesMs, (ageMs) => nowMs - ageMs),
    values: Float64Array.from(agesMs, (_ageMs, index) => index),
  }
  const sketch = { ...makeSketch([1, 2, 3]), series: distribution, timeMs: nowMs - 9 * hourMs }
  await engine.insertColumns(insertOfSeries([gauge, distribution], nowMs))
  await engine.insertColumns(insertOfPoints([points]))
  await engine.insertColumns(insertOfSketches([sketch]))
  for (const table of ['points_1s', 'sketches']) {
    await engine.write.command({
      query: `ALTER TABLE vigie.${table} MODIFY TTL toDateTime(time) + toIntervalSecond(315360000)`,
    })
  }
  await engine.close()
}
