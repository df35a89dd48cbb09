import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeSeries } from '../../../test/agent/points.ts'
import { metricCatalogue } from '../../model/metric-catalogue.ts'
import { isAveraged } from './is-averaged.ts'

describe('isAveraged()', () => {
  const cases = [
    ['docker.cpu.usage', 'gauge', true],
    ['docker.cpu.limit', 'gauge', false],
    ['docker.mem.rss', 'gauge', false],
    ['docker.net.bytes_rcvd', 'gauge', true],
    ['container.io.partial_stall', 'gauge', true],
    ['container.memory.page_faults', 'count', false],
    ['system.cpu.idle', 'gauge', true],
    ['system.load.1', 'gauge', false],
    ['vigie.agent.cpu.usage', 'gauge', true],
    ['shop.orders', 'rate', true],
    ['shop.queue', 'gauge', false],
  ] as const
  for (const [metric, kind, expected] of cases)
    test(`says ${expected} of the ${kind} ${metric}`, () => {
      assert.equal(isAveraged(makeSeries({ metric, kind })), expected)
    })

  test('takes every metric whose unit is per second for a rate, but a limit', () => {
    const missed = Object.values(metricCatalogue)
      .flat()
      .filter(({ name, unit }) => unit.endsWith('/s') && !isAveraged(makeSeries({ metric: name })))
    assert.deepEqual(
      missed.map(({ name }) => name),
      ['container.cpu.limit'],
    )
  })
})
