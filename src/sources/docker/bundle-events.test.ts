import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EngineEvent } from '../../docker/parse-event.ts'
import { bundleEvents } from './bundle-events.ts'

function event(action: string, change: Partial<EngineEvent> = {}): EngineEvent {
  return {
    action,
    detail: '',
    containerId: 'a',
    containerName: 'web',
    image: 'team/web:1.2',
    timeNanos: 1_795_189_550_515_555_770n,
    attributes: {},
    ...change,
  }
}

const options = { host: 'box-1', tagsOf: (id: string) => [`container_id:${id}`, 'runtime:docker'] }

describe('bundleEvents()', () => {
  test('makes one event of all that the containers of an image did', () => {
    const events = [
      event('die', { timeNanos: 1_795_189_550_000_000_000n }),
      event('start', { containerId: 'b', containerName: 'web-2' }),
      event('start', { timeNanos: 1_795_189_549_000_000_000n }),
    ]
    assert.deepEqual(bundleEvents(events, options), [
      {
        kind: 'event',
        title: 'team/web:1.2 1 die 2 start on box-1',
        text: '%%%\nteam/web:1.2 1 die 2 start on box-1\n```\nDIE\tweb\nSTART\tweb-2\nSTART\tweb\n```\n%%%',
        timeMs: 1_795_189_550_515,
        alertType: 'info',
        priority: 'normal',
        aggregationKey: 'docker:team/web:1.2',
        source: 'docker',
        host: 'box-1',
        tags: ['container_id:a', 'runtime:docker', 'container_id:b'],
      },
    ])
  })

  test('makes one event for each image', () => {
    const bundled = bundleEvents([event('start'), event('start', { image: 'busybox' })], options)
    assert.deepEqual(
      bundled.map(({ aggregationKey }) => aggregationKey),
      ['docker:team/web:1.2', 'docker:busybox'],
    )
  })

  for (const [actions, alertType] of [
    [['start', 'stop', 'die'], 'info'],
    [['start', 'oom'], 'error'],
    [['kill'], 'error'],
  ] as const) {
    test(`calls ${actions.join(', ')} an ${alertType}`, () => {
      const [bundled] = bundleEvents(
        actions.map((action) => event(action)),
        options,
      )
      assert.equal(bundled?.alertType, alertType)
    })
  }

  test('makes nothing of nothing', () => assert.deepEqual(bundleEvents([], options), []))
})
