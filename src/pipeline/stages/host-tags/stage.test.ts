import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEnvironment } from '../../../../test/agent/environment.ts'
import { makePoint, makeSeries } from '../../../../test/agent/points.ts'
import { sampleLedger } from '../../../../test/server/sample-ledger.ts'
import type { Item } from '../../../model/item.ts'
import hostTags from './stage.ts'

const running = hostTags.create({}, makeEnvironment({ hostTags: ['env:prod', 'team:core'] }))

function tagsOf(item: Item | undefined): readonly string[] | undefined {
  if (item?.kind === 'point') return item.series.tags
  return item?.kind === 'event' || item?.kind === 'service-check' ? item.tags : undefined
}

describe('host-tags', () => {
  test('adds the tags to a point and leaves the rest of its series', () => {
    const point = makePoint(3, { series: makeSeries({ tags: ['a:1'], intervalS: 5 }) })
    const tags = ['a:1', 'env:prod', 'team:core']
    assert.deepEqual(running.apply([point]), [{ ...point, series: { ...point.series, tags } }])
  })

  test('adds them to events and service checks', () => {
    const common = { timeMs: 1, host: 'box-1', tags: ['a:1'] }
    const event: Item = {
      ...common,
      kind: 'event',
      title: '',
      text: '',
      alertType: 'info',
      priority: 'normal',
      aggregationKey: '',
      source: 'docker',
    }
    const check: Item = { ...common, kind: 'service-check', name: 'up', status: 0, message: '' }
    for (const item of running.apply([event, check]))
      assert.deepEqual(tagsOf(item), ['a:1', 'env:prod', 'team:core'])
  })

  test('adds them to a distribution, to the same series each time', () => {
    const sketch: Item = {
      kind: 'sketch',
      series: { metric: 'm', host: 'box-1', tags: ['a:1'], intervalS: 10 },
      timeMs: 1,
      count: 1,
      min: 2,
      max: 2,
      sum: 2,
      avg: 2,
      keys: [1383],
      counts: [1],
    }
    const [first, second] = running.apply([sketch, { ...sketch, timeMs: 2 }])
    assert.ok(first?.kind === 'sketch' && second?.kind === 'sketch')
    assert.deepEqual(first.series.tags, ['a:1', 'env:prod', 'team:core'])
    assert.equal(first.series, second.series)
  })

  for (const host of ['', 'box-2']) {
    test(`leaves what is filed under the host "${host}" alone`, () => {
      const point = makePoint(3, { series: makeSeries({ host, tags: ['a:1'] }) })
      const check: Item = {
        kind: 'service-check',
        name: 'up',
        status: 0,
        message: '',
        timeMs: 1,
        host,
        tags: ['a:1'],
      }
      for (const item of running.apply([point, check])) assert.deepEqual(tagsOf(item), ['a:1'])
    })
  }

  test('does not repeat a tag that is there already', () => {
    const point = makePoint(3, { series: makeSeries({ tags: ['env:prod'] }) })
    assert.deepEqual(tagsOf(running.apply([point])[0]), ['env:prod', 'team:core'])
  })

  test('leaves an inventory alone', () => {
    const inventory: Item = {
      kind: 'inventory',
      host: 'box-1',
      timeMs: 1,
      isFull: true,
      containers: [],
      removedIds: [],
    }
    assert.equal(running.apply([inventory])[0], inventory)
  })

  test('leaves a ledger of log lines alone', () => {
    const ledger = sampleLedger({ host: 'box-1' })
    assert.equal(running.apply([ledger])[0], ledger)
  })

  test('passes the batch on as it is when the host has no tags', () => {
    const batch = [makePoint(1)]
    assert.equal(hostTags.create({}, makeEnvironment()).apply(batch), batch)
  })
})
