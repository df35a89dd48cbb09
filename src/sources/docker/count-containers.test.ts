import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import type { Point } from '../../model/series.ts'
import { makeTags } from './container-tags.ts'
import { createCounter, type Counted } from './count-containers.ts'

const timeMs = 1_795_000_000_000
const running = { isRunning: true, tags: makeTags(makeContainer()) }
const other = { isRunning: true, tags: makeTags(makeContainer({ image: 'busybox' })) }
const stopped: Counted = { ...running, isRunning: false }

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
