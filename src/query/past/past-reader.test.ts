import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import type { TagScope } from '../../model/person.ts'
import type { StoredSeries } from '../../store/store.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import type { ReadClient } from '../scope/read-client.ts'
import { askPast } from './ask-past.ts'
import type { PastResult } from './past-answer.ts'
import { PastReader } from './past-reader.ts'

const startS = Math.floor(Date.now() / 1000) - 3600
const nowS = startS + 3600
const teams = ['shop', 'vault'] as const
const vault: TagScope = [{ key: 'team', patterns: ['vault'], isNegated: false }]

describe('PastReader', () => {
  let store: TemporaryStore
  let series: readonly StoredSeries[]
  let asked = 0
  let firstOfNothing: number | undefined
  let reader: PastReader

  before(async () => {
    store = await openTemporaryStore()
    firstOfNothing = await new PastReader(store).firstS(nowS)
    series = teams.map(
      (team, index) =>
        store.series.resolve({
          metric: 'docker.cpu.usage',
          kind: 'gauge',
          host: team,
          tags: [`container_id:${String(index).repeat(64)}`, `team:${team}`],
          intervalS: 1,
        }) ?? assert.fail(team),
    )
    await store.write({
      containers: teams.map((team, index) => ({
        host: team,
        timeMs: startS * 1000,
        container: sampleContainer(String(index), { name: team, tags: [`team:${team}`] }),
      })),
    })
    await writePoints(1000, 1200)
  })

  after(async () => store[Symbol.asyncDispose]())

  beforeEach(() => {
    asked = 0
    const read: ReadClient = {
      query: (params) => {
        asked += 1
        return store.read.query(params)
      },
      exec: (params) => {
        asked += 1
        return store.read.exec(params)
      },
    }
    reader = new PastReader({ read, tiers: store.tiers })
  })

  /** A point for each second, as high as the second. */
  async function writePoints(from: number, to: number): Promise<void> {
    const points = Array.from({ length: to - from }, (_, index) => from + index).flatMap((second) =>
      series.map((one) => ({ one, second })),
    )
    await store.write({
      points: {
        series: points.map(({ one }) => one),
        timesMs: Float64Array.from(points, ({ second }) => (startS + second) * 1000),
        values: Float64Array.from(points, ({ second }) => second),
      },
    })
  }

  const ask = (
    second: number,
    more: { seconds?: number; nowS?: number } = {},
    scope?: TagScope,
  ): Promise<PastResult> =>
    askPast(
      reader,
      { atS: startS + second, seconds: 0, stepS: 1, nowS, agents: [], ...more },
      scope,
    )
  const told = ({ containers }: PastResult): unknown[] =>
    containers.map(({ container, figures }) => [container.name, figures[0]])

  test('asks the store nothing for a moment near one that was asked for, or to play from there', async () => {
    await ask(1100)
    const first = asked
    assert.ok(first > 0)
    assert.deepEqual(told(await ask(1050)), [
      ['shop', 1050],
      ['vault', 1050],
    ])
    const reel = await ask(1120, { seconds: 60 })
    assert.equal(reel.moments.length, 60)
    assert.deepEqual(reel.moments.at(-1)?.changes.ticks[0]?.rows[0]?.slice(1, 2), [1180])
    assert.equal(asked, first)
  })

  test('keeps what one may see apart from what others may', async () => {
    await ask(1100)
    const all = asked
    assert.deepEqual(told(await ask(1100, {}, vault)), [['vault', 1100]])
    assert.ok(asked > all)
    const narrowed = asked
    assert.deepEqual(told(await ask(1101, {}, vault)), [['vault', 1101]])
    assert.equal((await ask(1101)).containers.length, 2)
    assert.equal(asked, narrowed)
  })

  test('shows what came late after a minute', async () => {
    assert.equal((await ask(1300)).containers[0]?.figuresAtMs, (startS + 1199) * 1000)
    await writePoints(1200, 1400)
    assert.equal((await ask(1300)).containers[0]?.figuresAtMs, (startS + 1199) * 1000)
    assert.deepEqual(told(await ask(1300, { nowS: nowS + 61 }))[0], ['shop', 1300])
  })

  test('answers a long time without keeping it', async () => {
    await ask(900, { seconds: 1200 })
    const first = asked
    await ask(900, { seconds: 1200 })
    assert.ok(asked > first)
  })

  test('knows the first moment of which anything is kept', async () => {
    assert.equal(firstOfNothing, undefined)
    assert.equal(await reader.firstS(nowS), startS)
  })
})
