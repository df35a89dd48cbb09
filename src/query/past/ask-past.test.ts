import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { openEmbeddedEngine } from '../../store/embedded/embedded-engine.ts'
import type { StoreEngine } from '../../store/engine.ts'
import { insertOfContainers } from '../../store/inserts/containers.ts'
import { insertOfSeries } from '../../store/inserts/points.ts'
import { migrate } from '../../store/migrate.ts'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { storedSeries } from '../../store/series-registry.ts'
import { askPast } from './ask-past.ts'
import type { PastResult } from './past-answer.ts'
import { PastReader } from './past-reader.ts'

/** A whole hour, and when the tests ask. */
const startS = 1_790_002_800
const nowS = startS + 10 * 86_400
const teams = ['shop', 'vault'] as const
const series = teams.map((team, index) =>
  storedSeries({
    metric: 'docker.cpu.usage',
    kind: 'gauge',
    host: `${team}-host`,
    tags: [`container_id:${String(index).repeat(64)}`, `team:${team}`],
    intervalS: 1,
  }),
)
/** Seconds are gone. */
const tiers: TierStates = [
  { table: 'points_1s', stepS: 1, keptFromMs: (nowS - 3600) * 1000, completeToMs: Infinity },
  { table: 'points_10s', stepS: 10, keptFromMs: startS * 1000, completeToMs: nowS * 1000 },
  { table: 'points_1m', stepS: 60, keptFromMs: startS * 1000, completeToMs: nowS * 1000 },
  {
    table: 'points_1h',
    stepS: 3600,
    keptFromMs: (startS - 86_400) * 1000,
    completeToMs: nowS * 1000,
  },
]

describe('askPast()', () => {
  let storeDir: string
  let engine: StoreEngine

  before(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'vigie-past-'))
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
    await migrate(engine.write)
    await engine.insertColumns(insertOfSeries(series, nowS * 1000))
    await engine.insertColumns(
      insertOfContainers(
        teams.map((team, index) => ({
          host: `${team}-host`,
          timeMs: (startS - 3600) * 1000,
          container: sampleContainer(String(index), { name: team, tags: [`team:${team}`] }),
        })),
      ),
    )
    for (const { id } of series) await insertRows(String(id))
  })

  after(async () => {
    await engine.close()
    await rm(storeDir, { recursive: true, force: true })
  })

  /** Of the n-th interval of 10 s, points that are n at the mean; of the hour before, some that are 7. */
  async function insertRows(id: string): Promise<void> {
    await engine.write.command({
      query: `INSERT INTO vigie.points_10s
        SELECT 'docker.cpu.usage', ${id}, toDateTime(${startS} + 10 * number, 'UTC'), 0, 0, number * 10, 0, 10
        FROM numbers(360) WHERE number != 20`,
    })
    await engine.write.command({
      query: `INSERT INTO vigie.points_1h
        SELECT 'docker.cpu.usage', ${id}, toDateTime(${startS - 3600}, 'UTC'), 0, 0, 21, 0, 3`,
    })
  }

  const ask = (
    atS: number,
    more: { seconds?: number; stepS?: number } = {},
    team?: string,
  ): Promise<PastResult> =>
    askPast(
      new PastReader({ read: engine.read, tiers: () => tiers }),
      { atS, seconds: 0, stepS: 1, nowS, agents: [], ...more },
      team === undefined ? undefined : [{ key: 'team', patterns: [team], isNegated: false }],
    )
  const cpuOf = ({ containers }: PastResult): unknown => containers[0]?.figures[0]
  const ticksOf = ({ moments }: PastResult): unknown[] =>
    moments.map(({ changes, timeMs }) => [
      timeMs / 1000 - startS,
      changes.ticks.map(({ rows }) => rows[0]?.[1] ?? 'as before'),
    ])

  test('shows the mean of the interval that a moment lies in', async () => {
    const past = await ask(startS + 103)
    assert.equal(past.resolutionS, 10)
    assert.equal(past.fromS, startS + 110)
    assert.equal(cpuOf(past), 10)
    assert.deepEqual(past.containers[0]?.cpuSpark.slice(-21), [8, ...fill(9), ...fill(10)])
  })

  test('plays in steps of the interval, and of more', async () => {
    const fine = await ask(startS + 180, { seconds: 40 })
    assert.equal(fine.stepS, 10)
    // Nothing is kept of the interval that ends at 210.
    assert.deepEqual(ticksOf(fine), [
      [190, [18]],
      [200, [19]],
      [210, []],
      [220, [21]],
    ])
    const coarse = await ask(startS + 300, { seconds: 75, stepS: 25 })
    assert.equal(coarse.stepS, 30)
    assert.equal(coarse.toS, startS + 360)
    assert.deepEqual(ticksOf(coarse), [
      [330, [31]],
      [360, [34]],
    ])
  })

  test('goes over to a coarser table where a finer one has nothing any more', async () => {
    const past = await ask(startS - 1200)
    assert.equal(past.resolutionS, 3600)
    assert.equal(past.fromS, startS)
    assert.equal(cpuOf(past), 7)
    assert.equal(past.keptFromS, startS - 3600)
  })

  test('tells of a figure that was not read for a while no more', async () => {
    const past = await ask(startS + 7200)
    assert.equal(past.containers.length, 2)
    assert.equal(past.containers[0]?.figuresAtMs, undefined)
    assert.deepEqual(new Set(past.containers[0]?.figures), new Set([null]))
  })

  test('shows somebody nothing but what their scope has', async () => {
    const past = await ask(startS + 103, { seconds: 10 }, 'vault')
    assert.deepEqual(
      past.containers.map(({ container, host }) => [container.name, host]),
      [['vault', 'vault-host']],
    )
    assert.equal(cpuOf(past), 10)
    assert.deepEqual(
      past.agents.map(({ report, figures }) => [report.host, figures]),
      [['vault-host', []]],
    )
    assert.doesNotMatch(JSON.stringify(past), /shop/)
  })
})

function fill(value: number): number[] {
  return Array.from({ length: 10 }, () => value)
}
