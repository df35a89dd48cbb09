import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { QuestionError } from '../question-error.ts'
import { askExpressions } from './ask-expressions.ts'
import { badQueries, refusedQueries } from './cases/bad-queries.ts'
import { goodQueries, type Rows } from './cases/good-queries.ts'
import { startMs, writeStoredSeries } from './cases/stored-series.ts'
import type { Frame } from './frame.ts'
import { openMetricReader } from './metric-reader.ts'

describe('askExpressions()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
    await writeStoredSeries(store)
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  const ask = (query: string): Promise<readonly Frame[]> => {
    const asked = { fromMs: startMs, toMs: startMs + 59_000, intervalS: 10 }
    return askExpressions(openMetricReader(store), query, asked)
  }

  for (const [query, rows] of goodQueries) {
    test(`answers ${query}`, async () => {
      const frames = await ask(query)
      const expected: readonly Rows[] = Array.isArray(rows) ? rows : [rows]
      assert.deepEqual(
        frames.map((frame) => listRows(frame)),
        expected.map((one) =>
          Object.entries(one).map(([name, values]) => [name, values.map(rounded)]),
        ),
      )
    })
  }

  for (const [query, at, reason] of badQueries) {
    test(`refuses ${query}`, async () => {
      await assert.rejects(ask(query), (error) => {
        assert.ok(error instanceof QuestionError)
        const place = reason.startsWith('at its end') ? '' : `at character ${at + 1}, `
        assert.equal(error.message, `Cannot read the query ${place}${reason}`)
        assert.deepEqual([error.kind, error.at], ['invalid', at])
        return true
      })
    })
  }

  for (const [query, at, message] of refusedQueries) {
    test(`does not answer ${query}`, async () => {
      await assert.rejects(ask(query), { name: 'QuestionError', message, at })
    })
  }

  test('has three hundred of them', () => {
    assert.ok(goodQueries.length >= 150)
    assert.ok(badQueries.length >= 150)
  })
})

/** Each series by the values of its groups. */
function listRows({ series }: Frame): readonly unknown[] {
  return series.map(({ groups, values }) => [
    groups.map(([, value]) => value).join(),
    Array.from(values, (value) => (Number.isNaN(value) ? null : rounded(value))),
  ])
}

/** To what sums of floating-point numbers are exact to, in whatever order. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(12))
}
