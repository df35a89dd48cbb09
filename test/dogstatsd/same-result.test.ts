import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { datagrams } from '../../src/wire/dogstatsd/cases/datagrams.ts'
import { compareRuns } from './compare-runs.ts'
import { RandomDatagrams } from './random-datagrams.ts'
import { newSeed, Random } from './random.ts'
import { allInUse, littleRoom } from './run-settings.ts'

describe('the fast way and the plain one', () => {
  test('make the same of a million random datagrams', (context) => {
    const random = seeded(context)
    const source = new RandomDatagrams(random)
    const totals = compareRuns(random, {
      settings: allInUse,
      next: () => source.next(),
      datagrams: 1_000_000,
      intervals: 50,
      isReadWhileDrained: true,
    })
    context.diagnostic(JSON.stringify(totals))
    assert.ok(totals.series > 50_000 && totals.sketches > 20_000)
    assert.ok(totals.timed > 1000 && totals.happenings > 5000)
  })

  test('drop the same where there is no room', (context) => {
    const random = seeded(context)
    const source = new RandomDatagrams(random)
    const totals = compareRuns(random, {
      settings: littleRoom,
      next: () => source.next(),
      datagrams: 100_000,
      intervals: 50,
      isReadWhileDrained: false,
    })
    context.diagnostic(JSON.stringify(totals))
    assert.ok((totals.counters['dropped.contexts_full'] ?? 0) > 1000)
    assert.ok((totals.counters['dropped.set_members_full'] ?? 0) > 100)
  })

  test('find the same messages among datagrams that are broken', (context) => {
    const random = seeded(context)
    const source = new RandomDatagrams(random, 0.7)
    const totals = compareRuns(random, {
      settings: allInUse,
      next: () => source.next(),
      datagrams: 50_000,
      intervals: 10,
      isReadWhileDrained: true,
    })
    context.diagnostic(JSON.stringify(totals))
    assert.ok((totals.counters['bad.metric'] ?? 0) > 5000)
    assert.ok((totals.counters['bad.event'] ?? 0) > 10)
  })

  test('make the same of the table, also of what comes again', (context) => {
    compareTable(
      context,
      datagrams.map(([datagram]) => Buffer.from(datagram)),
    )
  })

  /** Seed 598952292 had found the first: the fast way took the highest value for the median, and the plain one had none for 100 %. */
  test('make the same median and percentiles where a rate is all but 0', (context) => {
    const table = [
      'a:-93|h\na:10|h|@1e-31\na:2200734943249.4126|h',
      `b:-93|h\nb:10|h|@1e-31\n${'b:7|h\n'.repeat(60)}`,
      'c:1|h|@4e-10\nc:2|h|@5e-10\nc:3|h|@1e-19\nd:4|d|@1e-19\nd:4:5|d|@1e-10',
      'e:0:0|h|@1e-320\nf:0:0|d|@1e-320\ng:0:1|c|@1e-320',
    ]
    compareTable(
      context,
      table.map((datagram) => Buffer.from(datagram)),
    )
  })
})

function compareTable(context: TestContext, table: readonly Buffer[]): void {
  let at = 0
  compareRuns(seeded(context), {
    settings: allInUse,
    next: () => ({
      bytes: table[at++ % table.length] ?? Buffer.alloc(0),
      sender: 0,
      transport: 'udp',
    }),
    datagrams: table.length * 3,
    intervals: 1,
    isReadWhileDrained: false,
  })
}

function seeded(context: TestContext): Random {
  const random = new Random(newSeed())
  context.diagnostic(`VIGIE_TEST_SEED=${random.seed}`)
  return random
}
