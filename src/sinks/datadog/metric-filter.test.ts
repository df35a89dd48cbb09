import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { metricCatalogue } from '../../model/metric-catalogue.ts'
import { createMetricFilter, ownMetrics } from './metric-filter.ts'

describe('createMetricFilter()', () => {
  const isSent = createMetricFilter(['a.*', 'b.c'])
  for (const [metric, expected] of [
    ['a.b', false],
    ['a', true],
    ['b.c', false],
    ['b.c.d', true],
  ] as const)
    test(`says ${expected} of ${metric}, again and again`, () => {
      assert.deepEqual([isSent(metric), isSent(metric)], [expected, expected])
    })

  test('leaves out, as it is, just what the Datadog Agent does not have', () => {
    const isSentToDatadog = createMetricFilter(ownMetrics)
    const names = Object.values(metricCatalogue).flatMap((of) => of.map(({ name }) => name))
    const left = names.filter((name) => !isSentToDatadog(name) && !name.startsWith('vigie.'))
    assert.deepEqual(
      left.toSorted(),
      ['rcvd.drops', 'rcvd.errors', 'sent.drops', 'sent.errors'].map(
        (end) => `container.net.${end}`,
      ),
    )
    assert.ok(
      names.filter((name) => name.startsWith('vigie.')).every((name) => !isSentToDatadog(name)),
    )
  })
})
