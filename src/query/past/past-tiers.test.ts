import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { askPast } from './ask-past.ts'
import type { PastResult } from './past-answer.ts'
import { PastReader } from './past-reader.ts'

const hourS = 3600
const dayS = 24 * hourS
const lengthS = 2 * hourS
/** A whole hour; the clock of the store goes on from its end. */
const startS = Math.floor(Date.now() / 1000 / hourS) * hourS - 4 * hourS

/** Of the second n from the start; nothing was read in the first 40 s of each fifth minute. */
function valueAt(second: number): number | undefined {
  if (second % 300 < 40 && second >= 300) return undefined
  return (second * 7919) % 101
}

/** The mean of the seconds from one on and before another, by the second of the start. */
function meanOf(from: number, to: number): number | undefined {
  const values = Array.from({ length: to - from }, (_, index) => valueAt(from + index))
  const read = values.filter((value) => value !== undefined)
  if (read.length === 0) return undefined
  return read.reduce((sum, value) => sum + value, 0) / read.length
}

describe('askPast() over what was rolled up', () => {
  let store: TemporaryStore
  let nowS = startS + lengthS + 120

  before(async () => {
    store = await openTemporaryStore({ clock: () => nowS * 1000 })
    const series =
      store.series.resolve({
        metric: 'docker.cpu.usage',
        kind: 'gauge',
        host: 'a',
        tags: [`container_id:${'0'.repeat(64)}`],
        intervalS: 1,
      }) ?? assert.fail('no series')
    const seconds = Array.from({ length: lengthS }, (_, second) => second)
    const read = seconds.flatMap((second) => {
      const value = valueAt(second)
      return value === undefined ? [] : [{ second, value }]
    })
    await store.write({
      containers: [
        { host: 'a', timeMs: startS * 1000, container: sampleContainer('0', { name: 'web' }) },
      ],
      points: {
        series: read.map(() => series),
        timesMs: Float64Array.from(read, ({ second }) => (startS + second) * 1000),
        values: Float64Array.from(read, ({ value }) => value),
      },
    })
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  const ask = (
    second: number,
    more: { seconds?: number; stepS?: number } = {},
  ): Promise<PastResult> =>
    askPast(new PastReader(store), {
      atS: startS + second,
      seconds: 0,
      stepS: 1,
      nowS,
      agents: [],
      ...more,
    })
  const cpuOf = ({ containers }: PastResult): number | null | undefined => containers[0]?.figures[0]

  /** Asks at several ages, and compares the figures with the means of what was written. */
  async function compare(stepS: number, seconds: readonly number[]): Promise<void> {
    for (const second of seconds) {
      const past = await ask(second)
      const end = Math.ceil(second / stepS) * stepS
      assert.equal(past.resolutionS, stepS)
      assert.equal(past.fromS, startS + end)
      const mean = meanOf(end - stepS, end)
      // The live table keeps showing what was read last, with its time.
      if (mean === undefined) assert.ok((past.containers[0]?.figuresAtMs ?? 0) < past.fromS * 1000)
      else assert.ok(Math.abs((cpuOf(past) ?? 0) - mean) <= 0.01, `${second}: ${cpuOf(past)}`)
    }
  }

  test('tells the means of ten seconds when the seconds are gone, up to the very border', async () => {
    nowS = startS + lengthS + 5 * hourS
    const border = lengthS - hourS
    const [kept, gone] = [await ask(border), await ask(border - 1)]
    assert.deepEqual([kept.resolutionS, kept.stepS, kept.fromS - startS], [1, 1, border])
    assert.equal(cpuOf(kept), valueAt(border) ?? null)
    assert.deepEqual([gone.resolutionS, gone.stepS, gone.fromS - startS], [10, 10, border])
    await compare(10, [605, 645, 1000, 1195, 2791, border - 10])
  })

  test('plays means of steps that span intervals of unequal weight', async () => {
    nowS = startS + lengthS + 5 * hourS
    const past = await ask(1400, { seconds: 600, stepS: 60 })
    assert.equal(past.moments.length, 10)
    for (const { timeMs, changes } of past.moments) {
      const end = timeMs / 1000 - startS
      const told = changes.ticks[0]?.rows[0]?.[1]
      const mean = meanOf(end - 60, end) ?? assert.fail()
      assert.ok(Math.abs((told ?? 0) - mean) <= 0.01, `${end}: ${told} is not ${mean}`)
    }
  })

  test('tells the means of a minute, then of an hour', async () => {
    nowS = startS + lengthS + 8 * dayS
    await compare(60, [601, 1200, 1201, 3599, 7000, 7140])
    nowS = startS + lengthS + 100 * dayS
    await compare(3600, [1, 3600, 3601, 7199])
  })

  test('says from when anything is kept, and refuses what is older', async () => {
    nowS = startS + lengthS + 100 * dayS
    assert.equal((await ask(1800)).keptFromS, startS)
    await assert.rejects(ask(-1), { kind: 'invalid', message: /nothing is kept of that time/ })
  })
})
