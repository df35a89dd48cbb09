import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Counters } from './counters.ts'
import { OwnMetrics } from './own-metrics.ts'

function tell(own: OwnMetrics, timeMs: number, lost = 0): Readonly<Record<string, number>> {
  const losses = [{ reason: 'contexts_full', total: lost, added: 0 }]
  return Object.fromEntries(
    own
      .next(timeMs, losses)
      .map(({ series, value }) => [`${series.metric} ${series.tags.join(' ')}`.trim(), value]),
  )
}

const nothing = {
  'vigie.dogstatsd.samples': 0,
  'vigie.dogstatsd.dropped': 0,
  'vigie.dogstatsd.contexts': 0,
  'vigie.dogstatsd.longest_pause': 0,
  'vigie.dogstatsd.packets transport:udp': 0,
  'vigie.dogstatsd.bytes transport:udp': 0,
  'vigie.dogstatsd.packets transport:uds': 0,
  'vigie.dogstatsd.bytes transport:uds': 0,
  'vigie.dogstatsd.packets transport:uds-stream': 0,
  'vigie.dogstatsd.bytes transport:uds-stream': 0,
}

describe('OwnMetrics', () => {
  test('tells rates since the time before, and how many contexts there are', () => {
    const counters = new Counters()
    const own = new OwnMetrics('box-1', counters)
    assert.deepEqual(tell(own, 10_000), nothing)
    counters.add('samples', 500)
    counters.add('uds.packets', 20)
    counters.add('uds.bytes', 9000)
    counters.set('contexts', 7)
    counters.set('longest_pause_us', 1500)
    assert.deepEqual(tell(own, 20_000, 30), {
      ...nothing,
      'vigie.dogstatsd.samples': 50,
      'vigie.dogstatsd.dropped': 3,
      'vigie.dogstatsd.contexts': 7,
      'vigie.dogstatsd.longest_pause': 1.5,
      'vigie.dogstatsd.packets transport:uds': 2,
      'vigie.dogstatsd.bytes transport:uds': 900,
    })
    counters.set('contexts', 0)
    counters.set('longest_pause_us', 0)
    assert.deepEqual(tell(own, 30_000, 30), nothing)
  })

  test('is due at once, then every ten seconds, also after the clock was set back', () => {
    const own = new OwnMetrics('box-1', new Counters())
    assert.equal(own.isDue(1000), true)
    tell(own, 1000)
    assert.equal(own.isDue(10_000), false)
    assert.equal(own.isDue(11_000), true)
    assert.equal(own.isDue(500), true)
  })
})
