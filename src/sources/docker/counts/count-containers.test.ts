import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import type { Point } from '../../../model/series.ts'
import { makeTags } from '../identity/container-tags.ts'
import { createCounter, type Counted } from './count-containers.ts'

const timeMs = 1_795_000_000_000
const running: Counted = {
  state: 'running',
  isWatched: true,
  tags: makeTags(makeContainer()),
}
const other: Counted = { ...running, tags: makeTags(makeContainer({ image: 'busybox' })) }
const stopped: Counted = { ...running, state: 'exited' }

function values(points: readonly Point[]): Record<string, number> {
  return Object.fromEntries(
    points.map(({ series, value }) => [`${series.metric} ${series.tags.length}`, value]),
  )
}

describe('createCounter()', () => {
  test('counts by image and service, and all of them without tags', () => {
    const points = createCounter('box-1', 1)([running, running, stopped, other], timeMs)
    assert.deepEqual(
      points.map(({ series, value }) => [series.metric, series.tags, value]),
      [
        ['docker.containers.running', running.tags.low, 2],
        ['docker.containers.stopped', stopped.tags.imageTags, 1],
        ['docker.containers.running', other.tags.low, 1],
        ['docker.containers.running.total', [], 3],
        ['docker.containers.stopped.total', [], 1],
      ],
    )
  })

  test('counts a running container that is left out under its image, and in the total', () => {
    const points = createCounter('box-1', 1)([running, { ...running, isWatched: false }], timeMs)
    assert.deepEqual(
      points.map(({ series, value }) => [series.metric, series.tags, value]),
      [
        ['docker.containers.running', running.tags.low, 1],
        ['docker.containers.running', running.tags.imageTags, 1],
        ['docker.containers.running.total', [], 2],
        ['docker.containers.stopped.total', [], 0],
      ],
    )
  })

  test('counts by state when asked to, without those that are left out', () => {
    const all: readonly Counted[] = [
      running,
      running,
      { ...running, state: 'paused' },
      { ...running, state: 'created', isWatched: false },
    ]
    const points = createCounter('box-1', 1, { hasStates: true, tags: ['team:a'] })(all, timeMs)
    const states = points.filter(({ series }) => series.metric === 'docker.container.count')
    assert.deepEqual(
      states.map(({ series, value }) => [series.tags, value]),
      [
        [['container_state:running', 'team:a'], 2],
        [['container_state:paused', 'team:a'], 1],
      ],
    )
  })

  test('says zero for the totals of an engine without containers', () => {
    assert.deepEqual(values(createCounter('box-1', 1)([], timeMs)), {
      'docker.containers.running.total 0': 0,
      'docker.containers.stopped.total 0': 0,
    })
  })

  test('has no point for a tag set that no container has any more', () => {
    const count = createCounter('box-1', 1)
    count([running, other], timeMs)
    const points = count([other], timeMs + 1000)
    assert.deepEqual(
      points.filter(({ series }) => series.tags.includes('short_image:web')),
      [],
    )
  })

  test('uses the same series each time', () => {
    const count = createCounter('box-1', 1)
    const seriesOf = (points: readonly Point[]): unknown[] => points.map(({ series }) => series)
    const first = seriesOf(count([running, stopped], timeMs))
    const second = seriesOf(count([running, stopped], timeMs + 1000))
    assert.ok(first.length === 4 && first.every((series, at) => series === second[at]))
  })
})
