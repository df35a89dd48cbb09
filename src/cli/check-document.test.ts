import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeTelemetry } from '../../test/agent/environment.ts'
import { makePoint, makeSeries } from '../../test/agent/points.ts'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import type { SourceReport } from '../model/agent-report.ts'
import type { Inventory } from '../model/container.ts'
import type { Item } from '../model/item.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { toCheckDocument } from './check-document.ts'

function reportAfter(happen: (telemetry: Telemetry) => void = () => {}): SourceReport {
  const telemetry = makeTelemetry()
  telemetry.setSource('fake', { state: 'running' })
  happen(telemetry)
  const [report] = telemetry.snapshot().sources
  assert.ok(report)
  return report
}

function inventory(change: Partial<Inventory>): Inventory {
  return {
    kind: 'inventory',
    host: 'box-1',
    timeMs: 1,
    isFull: false,
    containers: [],
    removedIds: [],
    ...change,
  }
}

describe('toCheckDocument()', () => {
  test('puts the points of a series together, and keeps equal series of two objects apart', () => {
    const cpu = makeSeries({ metric: 'docker.cpu.usage', tags: ['a:b'] })
    const items: Item[] = [
      makePoint(1, { series: cpu, timeMs: 1000 }),
      makePoint(9, { timeMs: 1000 }),
      makePoint(2, { series: cpu, timeMs: 2000 }),
    ]
    const { series } = toCheckDocument({ items, fullRuns: 2, report: reportAfter() }, 2)
    assert.deepEqual(series, [
      {
        ...cpu,
        points: [
          [1000, 1],
          [2000, 2],
        ],
      },
      { ...makeSeries(), points: [[1000, 9]] },
    ])
  })

  test('has of a distribution what it comes to, without its bins', () => {
    const series = { metric: 'd', host: 'box-1', tags: ['a:b'], intervalS: 10 }
    const sums = { timeMs: 1000, count: 2, min: 1, max: 3, sum: 4, avg: 2 }
    const sketch = { kind: 'sketch', series, ...sums, keys: [1338, 1409], counts: [1, 1] } as const
    const result = { items: [sketch], fullRuns: 1, report: reportAfter() }
    assert.deepEqual(toCheckDocument(result, 1).distributions, [{ ...series, ...sums }])
  })

  test('has each container as it was told last', () => {
    const items: Item[] = [
      inventory({ containers: [sampleContainer('old')] }),
      inventory({
        isFull: true,
        containers: [
          sampleContainer('a', { state: 'created' }),
          sampleContainer('b'),
          sampleContainer('c'),
        ],
      }),
      inventory({
        containers: [sampleContainer('a', { state: 'running' })],
        removedIds: [sampleContainer('b').id],
      }),
    ]
    const { containers } = toCheckDocument({ items, fullRuns: 1, report: reportAfter() }, 1)
    assert.deepEqual(
      containers.map(({ name, state }) => [name, state]),
      [
        [sampleContainer('a').name, 'running'],
        [sampleContainer('c').name, sampleContainer('c').state],
      ],
    )
  })

  const endings: [string, (telemetry: Telemetry) => void, number, string][] = [
    ['all runs', () => {}, 2, 'OK'],
    ['a run too few', () => {}, 1, 'ERROR'],
    [
      'a source that lacked something once',
      (telemetry) => {
        telemetry.setSource('fake', { state: 'degraded', message: 'no engine' })
        telemetry.setSource('fake', { state: 'running', message: '' })
      },
      2,
      'WARNING',
    ],
    [
      'a source that failed',
      (telemetry) => telemetry.setSource('fake', { state: 'backoff', message: 'broken' }),
      2,
      'ERROR',
    ],
  ]
  for (const [name, happen, fullRuns, status] of endings) {
    test(`sums up ${name} as ${status}`, () => {
      const result = { items: [], fullRuns, report: reportAfter(happen) }
      const { summary } = toCheckDocument(result, 2)
      assert.deepEqual(
        [summary.source, summary.status, summary.wantedRuns, summary.fullRuns],
        ['fake', status, 2, fullRuns],
      )
    })
  }
})
