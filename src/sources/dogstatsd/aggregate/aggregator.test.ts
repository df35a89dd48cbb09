import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import {
  AggregatorRun,
  settingsWith,
  withOrigins,
} from '../../../../test/dogstatsd/aggregator-run.ts'

/** Sends twice, since the first time another reader reads it. */
function closeTwice(lines: string, settings?: DogstatsdSettings): unknown {
  const run = new AggregatorRun(settings)
  run.send(lines)
  const first = run.close()
  run.send(lines)
  assert.deepEqual(run.close(), first)
  return first
}

describe('Aggregator adds up', () => {
  test('counts, with their sample rates', () => {
    assert.deepEqual(closeTwice('hits:1|c\nhits:2:3|c|@0.5\nmisses:-4|c|#b,a\nmisses:1|c|#a,b'), {
      'hits{}': 11,
      'misses{a,b}': -3,
    })
  })

  test('the last value of a gauge', () => {
    assert.deepEqual(closeTwice('load:1|g\nload:5:0.25|g'), { 'load{}': 0.25 })
  })

  test('different members of a set', () => {
    assert.deepEqual(closeTwice('users:anna|s\nusers:1:2|s\nusers:anna|s\nusers:é|s'), {
      'users{}': 3,
    })
  })

  test('histograms and timings: max, median, avg, count, 95percentile', () => {
    const lines = 'time:1:2:3|h\ntime:10|ms|@0.5'
    assert.deepEqual(closeTwice(lines), { 'time{}': [10, 3, 26 / 5, 5, 10] })
  })

  test('a histogram with a rate of all but 0 to a median that is not the highest value', () => {
    assert.deepEqual(closeTwice('time:-93|h\ntime:10|h|@1e-30\ntime:2200734943249|h'), {
      'time{}': [2_200_734_943_249, 10, 10, 1 / 1e-30, 10],
    })
  })

  test('nothing of a histogram that had more values than there are numbers for', () => {
    const run = new AggregatorRun()
    run.send('time:0:0|h|@1e-320')
    assert.deepEqual(run.close(), {})
    assert.equal(run.counters.get('bad.metric'), 1)
  })

  test('distributions to the bins of the Datadog Agent', () => {
    assert.deepEqual(closeTwice('size:1:1:-1:0|d\nsize:100|d|@0.4'), {
      'size{}': {
        summary: [6, -1, 100, 251],
        bins: [
          [-1338, 1],
          [0, 1],
          [1338, 2],
          [1635, 2],
        ],
      },
    })
  })

  test('a histogram of more samples than are kept to within 1/128', () => {
    const run = new AggregatorRun(settingsWith({}, { histogramSamples: 20 }))
    for (let value = 1; value <= 1000; value += 1) run.send(`time:${value}|h`)
    run.close()
    const [max, median = 0, avg, count, high = 0] = run.all('closed')[0]?.values ?? []
    assert.deepEqual([max, avg, count], [1000, 500.5, 1000])
    assert.ok(Math.abs(median - 500) < 500 / 128 && Math.abs(high - 950) < 950 / 128)
  })

  test('copies of histograms as distributions', () => {
    const histogram = { ...dogstatsdDefaults.histogram, copyToDistributionPrefix: 'all.' }
    const run = new AggregatorRun(settingsWith({ histogram }))
    run.send('time:4|h|#a\ntime:4|ms|#a')
    run.send('time:4|h|#a')
    assert.deepEqual(run.close()['all.time{a}'], { summary: [3, 4, 4, 12], bins: [[1427, 3]] })
  })

  test('by host, and without the tags that mean something else', () => {
    const lines = 'a:1|c|#host:web1,x\na:2|c|#x,host:\na:4|c|#x,dd.internal.card:low,x'
    assert.deepEqual(closeTwice(lines), { 'a{x}@web1': 1, 'a{x}@': 2, 'a{x}': 4 })
  })

  test('under the names that the rules give, and what is not wanted not at all', () => {
    const run = new AggregatorRun(
      settingsWith({
        rules: { ...dogstatsdDefaults.rules, namespace: 'shop.', blocklist: ['shop.bad'] },
      }),
    )
    for (let time = 0; time < 3; time += 1) run.send('good:1|c\nbad:1:2|c')
    assert.deepEqual(run.close(), { 'shop.good{}': 3 })
    assert.equal(run.counters.get('dropped.blocklist'), 6)
    assert.equal(run.counters.get('samples'), 3)
  })
})

describe('Aggregator hands on', () => {
  test('samples with a time as they are, after 2 s', () => {
    const run = new AggregatorRun()
    run.send('a:5:6|c|@0.5|T1700000123\nb:7|g|T1700000124|#x\nc:1|h|T5')
    run.send('a:8|c|T1700000125\nc:1|h\nc:1|h|T5')
    run.take()
    assert.equal(run.all('timed').length, 0)
    run.nowS += 2
    run.take()
    const [timed] = run.all('timed')
    assert.deepEqual(
      [...(timed?.contextIds ?? [])].map((id, at) => [
        run.labelOf(id),
        timed?.timesS[at],
        timed?.values[at],
      ]),
      [
        ['a{}', 1_700_000_123, 5],
        ['a{}', 1_700_000_123, 6],
        ['b{x}', 1_700_000_124, 7],
        ['a{}', 1_700_000_125, 8],
      ],
    )
    assert.equal(run.counters.get('dropped.timed_type'), 2)
  })

  test('2048 of them at once without waiting, and no zeros for them', () => {
    const run = new AggregatorRun()
    for (let time = 0; time < 2049; time += 1) run.send('a:5|c|T1700000123')
    run.take()
    assert.equal(run.all('timed')[0]?.values.length, 2048)
    assert.deepEqual(run.close(), {})
    assert.equal(run.all('timed')[1]?.values.length, 1)
  })

  test('samples with a time under one number for as long as they come', () => {
    const run = new AggregatorRun()
    for (let interval = 0; interval < 6; interval += 1) {
      run.send('a:5|c|T1700000123')
      run.close()
    }
    assert.equal(run.all('contexts').length, 1)
    assert.equal(run.all('forgotten').length, 0)
  })

  test('events and service checks with their origins', () => {
    const run = new AggregatorRun(withOrigins)
    run.send('_e{5,4}:title|text|t:error|d:1700000000|#b,a,b,host:h|c:ci-1\n_sc|up|2|m:why', 4)
    run.take()
    assert.deepEqual(
      run.all('happenings')[0]?.happenings.map(({ originId, timeMs, tags, host }) => ({
        originId,
        timeMs,
        tags,
        host,
      })),
      [
        { originId: 1, timeMs: 1_700_000_000_000, tags: ['b', 'a'], host: 'h' },
        { originId: 2, timeMs: run.nowS * 1000, tags: [], host: undefined },
      ],
    )
    assert.equal(run.messages[0]?.kind, 'origins')
  })

  test('how many samples each context had, if it is to know', () => {
    const run = new AggregatorRun(settingsWith({ hasStats: true }))
    run.send('a:1:2|c\nb:1|d')
    run.send('a:1|c')
    run.close()
    run.send('a:1|c')
    run.aggregator.tell({ kind: 'stats', question: 9 })
    run.take()
    const startMs = 1_700_000_000_000
    assert.deepEqual(run.all('stats'), [
      {
        kind: 'stats',
        question: 9,
        stats: [
          { contextId: 0, count: 4, lastSeenMs: startMs + 10_000 },
          { contextId: 1, count: 1, lastSeenMs: startMs },
        ],
      },
    ])
  })
})

describe('Aggregator reads', () => {
  test('the rest of a packet behind a message that it cannot read', () => {
    const run = new AggregatorRun()
    run.send('a:1|c\n:\n|\na:x|c\n\r\n\n_sc|\n_e{\na:2|c\r\na:4|c')
    assert.deepEqual(run.close(), { 'a{}': 7 })
    assert.deepEqual(
      (['bad.metric', 'bad.event', 'bad.service_check'] as const).map((name) =>
        run.counters.get(name),
      ),
      [3, 1, 1],
    )
  })

  test('no message without its end where one is required', () => {
    const listen = { ...dogstatsdDefaults.listen, lineEndRequired: ['uds'] as const }
    const run = new AggregatorRun(settingsWith({ listen }))
    run.send('a:1|c\na:2|c', 0, 'uds')
    run.send('a:4|c', 0, 'uds')
    run.send('a:8|c\n', 0, 'uds')
    run.send('a:16|c', 0, 'udp')
    assert.deepEqual(run.close(), { 'a{}': 25 })
    assert.equal(run.counters.get('bad.unterminated'), 2)
  })

  test('nothing of what lies around a packet, and leaves that as it is', () => {
    const run = new AggregatorRun()
    const memory = Buffer.from('a:9|c\nb:1|c|#tag9:5|c\n12345678')
    const before = Buffer.from(memory)
    for (let time = 0; time < 2; time += 1)
      run.aggregator.read(memory, { from: 6, to: 16, sender: 0, transport: 'udp' })
    assert.deepEqual(run.close(), { 'b{tag}': 2 })
    assert.deepEqual(memory, before)
  })

  test('more values in one message than fit in a packet of the usual length', () => {
    const run = new AggregatorRun()
    for (let time = 0; time < 2; time += 1) run.send(`a:${'1:'.repeat(29_999)}1|c`)
    assert.deepEqual(run.close(), { 'a{}': 60_000 })
  })

  test('any bytes without harm', () => {
    const run = new AggregatorRun(withOrigins)
    const pieces = [
      'a',
      ':',
      '|',
      '1',
      '.',
      '-',
      'c',
      'ms',
      'd',
      's',
      '#',
      ',',
      '@',
      'T',
      '\n',
      '\r',
    ]
    pieces.push(
      '_e{1,1}:',
      '_sc|',
      'c:',
      'é',
      '\0',
      '1e5',
      'host:',
      '0x1p4',
      'name.of.something',
      '|',
    )
    let state = 7
    const random = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % limit
    }
    for (let packet = 0; packet < 4000; packet += 1) {
      const text = Array.from({ length: random(60) }, () => pieces[random(pieces.length)]).join('')
      run.send(text, random(3))
      if (packet % 400 === 0) run.close(3)
    }
    run.send(Uint8Array.from({ length: 8000 }, () => random(256)))
    run.close()
    run.send('sound:1|c')
    assert.equal(run.close()['sound{}'], 1)
  })
})
