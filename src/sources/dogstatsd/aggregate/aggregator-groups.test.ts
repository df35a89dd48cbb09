import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AggregatorRun, withOrigins } from '../../../../test/dogstatsd/aggregator-run.ts'

describe('Aggregator makes one of contexts whose origins have the same tags', () => {
  const lines = ['n:1|c', 'n:1:2|h', 'n:1:2|d', 'n:a|s\nn:b|s', 'n:1|g'] as const
  const [count, histogram, distribution, set, gauge] = lines

  /** Sends lines from three containers, of which the first two have the same tags. */
  function runWith(first: string, second: string): AggregatorRun {
    const run = new AggregatorRun(withOrigins)
    run.send(first, 1)
    run.send(second, 2)
    run.send(first, 3)
    run.take()
    const tagSets = { originIds: Int32Array.of(1, 2, 3), tagSetIds: Int32Array.of(8, 8, 9) }
    run.aggregator.tell({ kind: 'tag-sets', ...tagSets })
    return run
  }

  function closed(run: AggregatorRun): Record<string, number | undefined> {
    run.close()
    const part = run.all('closed').at(-1)
    const ids = [...(part?.contextIds ?? [])]
    return Object.fromEntries(ids.map((id, at) => [id, part?.values[at]]))
  }

  test('adds counts', () => {
    assert.deepEqual(closed(runWith(count, 'n:5|c')), { 0: 6, 2: 1 })
  })

  test('takes the latest of gauges, whichever context it came from', () => {
    const run = runWith(gauge, 'n:5|g')
    assert.deepEqual(closed(run), { 0: 5, 2: 1 })
    run.send('n:6|g', 2)
    run.send('n:7|g', 1)
    assert.deepEqual(closed(run), { 0: 7 })
  })

  test('unites sets', () => {
    assert.deepEqual(closed(runWith(set, 'n:b|s\nn:c|s')), { 0: 3, 2: 2 })
  })

  test('ranks the samples of all histograms', () => {
    const run = runWith(histogram, 'n:10:11:12|h')
    run.close()
    assert.deepEqual([...(run.all('closed')[0]?.values ?? [])].slice(0, 5), [12, 10, 36 / 5, 5, 12])
  })

  test('adds the bins of distributions', () => {
    const run = runWith(distribution, 'n:1:4|d')
    run.close()
    const sketches = run.all('closed')[0]?.sketches
    assert.deepEqual([...(sketches?.contextIds ?? [])], [0, 2])
    assert.deepEqual([...(sketches?.summaries ?? [])], [4, 1, 4, 8, 2, 1, 2, 3])
    assert.deepEqual([...(sketches?.counts ?? [])].slice(0, sketches?.ends[0]), [2, 1, 1])
  })

  test('tells one zero for all of them, for as long as one had samples', () => {
    const run = runWith(count, 'n:5|c')
    closed(run)
    run.send('n:2|c', 2)
    assert.deepEqual(closed(run), { 0: 2, 2: 0 })
    assert.deepEqual(closed(run), { 0: 0, 2: 0 })
  })

  test('goes on under another number once the first is forgotten', () => {
    const run = runWith(gauge, 'n:5|g')
    for (let interval = 0; interval < 4; interval += 1) {
      run.send('n:6|g', 2)
      closed(run)
    }
    run.send('n:7|g', 2)
    assert.deepEqual(closed(run), { 1: 7 })
  })

  test('keeps them apart again when their tags differ, from the next interval on', () => {
    const run = runWith(count, 'n:5|c')
    run.nowS += 10
    run.aggregator.switchBucket(run.nowS)
    run.aggregator.tell({
      kind: 'tag-sets',
      originIds: Int32Array.of(2),
      tagSetIds: Int32Array.of(4),
    })
    run.drain()
    assert.deepEqual([...(run.all('closed')[0]?.values ?? [])], [6, 1])
    run.send(count, 2)
    assert.deepEqual(closed(run), { 0: 0, 1: 1, 2: 0 })
  })
})
