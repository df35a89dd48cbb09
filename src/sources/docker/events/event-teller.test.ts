import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { optionsSchema } from '../options.ts'
import { EventSubjects } from './event-subjects.ts'
import { EventTeller } from './event-teller.ts'

const digest = `sha256:${'1'.repeat(64)}`
const web = makeContainer({ id: 'a', name: 'web', image: 'team/web:1.2' })
const second = makeContainer({ id: 'b', name: 'web-2', image: 'team/web:1.2' })

/** A teller whose clock stands at `at.ms`. */
function open(options: object = {}, containers: readonly EngineContainer[] = [web, second]) {
  const at = { ms: 0 }
  const dropped = { count: 0 }
  const subjects = new EventSubjects({
    containerOf: (id) => containers.find((one) => one.id === id),
    tagsOf: ({ id, labels }) => [`container_id:${id}`, ...Object.keys(labels), 'runtime:docker'],
    isWatched: ({ name }) => !name.startsWith('hidden'),
    imageNameOf: (image) => (image === digest ? 'team/web:1.2' : image),
    runtime: () => 'docker',
  })
  const teller = new EventTeller({
    host: 'box-1',
    options: optionsSchema.parse(options),
    subjects,
    clock: () => at.ms,
    countDropped: (_reason, count) => {
      dropped.count += count
    },
  })
  return { teller, subjects, at, dropped }
}

describe('EventTeller', () => {
  test('makes one event of all that the containers of an image did', () => {
    const { teller } = open()
    teller.keep(makeEngineEvent('die', { timeNanos: 1_795_189_550_000_000_000n }))
    teller.keep(makeEngineEvent('start', { containerId: 'b', containerName: 'web-2' }))
    teller.keep(makeEngineEvent('start', { timeNanos: 1_795_189_549_000_000_000n }))
    assert.deepEqual(teller.take(0), [
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
    assert.deepEqual(teller.take(0), [])
  })

  for (const [actions, alertType] of [
    [['start', 'stop', 'die'], 'info'],
    [['start', 'oom'], 'error'],
    [['kill'], 'error'],
  ] as const) {
    test(`calls ${actions.join(', ')} an ${alertType}`, () => {
      const { teller } = open()
      for (const action of actions) teller.keep(makeEngineEvent(action))
      assert.equal(teller.take(0)[0]?.alertType, alertType)
    })
  }

  test('makes one event for each image, whose name it finds for a digest', () => {
    const { teller } = open()
    for (const image of ['team/web:1.2', 'busybox', digest])
      teller.keep(makeEngineEvent('start', { image, containerId: image, containerName: 'x' }))
    assert.deepEqual(
      teller.take(0).map(({ title }) => title),
      ['team/web:1.2 2 start on box-1', 'busybox 1 start on box-1'],
    )
  })

  test('makes an event of its own of each action that is asked for', () => {
    const { teller } = open({ unbundle_events: true, collected_event_types: ['health_status'] })
    teller.keep(makeEngineEvent('start'))
    teller.keep(makeEngineEvent('health_status', { detail: 'unhealthy' }))
    assert.deepEqual(teller.take(0), [
      {
        kind: 'event',
        title: 'Container a: health_status',
        text: 'Container web of image team/web:1.2: health_status: unhealthy at 2026-11-20T15:45:50.515Z',
        timeMs: 1_795_189_550_515,
        alertType: 'info',
        priority: 'normal',
        aggregationKey: 'docker:a',
        source: 'docker',
        host: 'box-1',
        tags: ['container_id:a', 'runtime:docker', 'event_type:health_status'],
      },
    ])
  })

  test('bundles the others beside them when asked to', () => {
    const { teller } = open({ unbundle_events: true, bundle_unspecified_events: true })
    for (const action of ['oom', 'start', 'exec_die']) teller.keep(makeEngineEvent(action))
    assert.deepEqual(
      teller.take(0).map(({ title }) => title),
      ['Container a: oom', 'team/web:1.2 1 start on box-1'],
    )
  })

  test('says nothing of a container that is kept out', () => {
    const hidden = makeContainer({ id: 'h', name: 'hidden' })
    const { teller } = open({}, [hidden])
    teller.keep(makeEngineEvent('start', { containerId: 'h', containerName: 'hidden' }))
    teller.keep(makeEngineEvent('start', { containerId: 'i', containerName: 'hidden-2' }))
    assert.deepEqual(teller.take(0), [])
  })

  test('tags what a removed container did, known before or not', () => {
    const { teller, subjects } = open({}, [])
    subjects.remember(web)
    const attributes = { name: 'short', image: 'team/web:1.2', exitCode: '0', 'com.team': 'sea' }
    teller.keep(makeEngineEvent('die'))
    teller.keep(makeEngineEvent('die', { containerId: 's', containerName: 'short', attributes }))
    const [event] = teller.take(0)
    const expected = ['container_id:a', 'runtime:docker', 'container_id:s', 'com.team']
    assert.deepEqual(event?.tags, expected)
  })

  test('lets probes gather for 15 s, and tells them with whatever else comes', () => {
    const { teller, at } = open({ filtered_event_types: [] })
    for (let probe = 0; probe < 1000; probe += 1) {
      at.ms = probe * 10
      teller.keep(makeEngineEvent('exec_start'))
      if (probe % 100 === 99) assert.deepEqual(teller.take(at.ms), [])
    }
    const [event, ...others] = teller.take(15_000)
    assert.deepEqual(others, [])
    assert.equal(event?.title, 'team/web:1.2 1000 exec_start on box-1')
    assert.ok(event.text.length < 5000)
    assert.match(event.text, /EXEC_START\tweb\nand 800 more\n```/)
    teller.keep(makeEngineEvent('exec_start'))
    teller.keep(makeEngineEvent('start'))
    assert.equal(teller.take(15_001)[0]?.title, 'team/web:1.2 1 exec_start 1 start on box-1')
    teller.keep(makeEngineEvent('exec_start'))
    assert.equal(teller.takeAll().length, 1)
  })

  test('keeps 1,000 single events between two runs and counts the rest', () => {
    const { teller, dropped } = open({ unbundle_events: true })
    for (let kill = 0; kill < 1200; kill += 1) teller.keep(makeEngineEvent('kill'))
    assert.equal(teller.take(0).length, 1000)
    assert.equal(dropped.count, 200)
  })

  test('keeps bundles of 1,000 images between two runs and counts the rest', () => {
    const { teller, dropped } = open()
    for (let image = 0; image < 1100; image += 1)
      teller.keep(makeEngineEvent('start', { containerId: `c${image}`, image: `image-${image}` }))
    assert.equal(teller.take(0).length, 1000)
    assert.equal(dropped.count, 100)
  })
})
