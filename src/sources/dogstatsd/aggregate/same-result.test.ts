import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compareRuns } from '../../../../test/dogstatsd/compare-runs.ts'
import { RandomDatagrams } from '../../../../test/dogstatsd/random-datagrams.ts'
import { newSeed, Random } from '../../../../test/dogstatsd/random.ts'
import { allInUse } from '../../../../test/dogstatsd/run-settings.ts'

describe('Aggregator', () => {
  /** A million of them: `test/dogstatsd/same-result.test.ts`. */
  test('makes of random datagrams what a plain reading makes of them', (context) => {
    const random = new Random(newSeed())
    context.diagnostic(`VIGIE_TEST_SEED=${random.seed}`)
    const source = new RandomDatagrams(random, 0.1)
    const totals = compareRuns(random, {
      settings: allInUse,
      next: () => source.next(),
      datagrams: 8000,
      intervals: 3,
      isReadWhileDrained: true,
    })
    assert.ok(totals.series > 1000 && totals.sketches > 300 && totals.timed > 5)
  })
})
