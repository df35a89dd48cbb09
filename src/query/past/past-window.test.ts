import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import type { ContainerState } from '../../model/container.ts'
import { storedSeries } from '../../store/series-registry.ts'
import type { ContainerRecord } from '../../store/store.ts'
import type { PastGrid } from './choose-past-grid.ts'
import { cutPoints, cutStates } from './past-window.ts'

const startS = 1_790_000_000
const window: PastGrid = {
  fromS: startS,
  stepS: 1,
  frames: 8,
  resolutionS: 1,
  leadS: 4,
  keptFromS: 0,
}
const series = storedSeries({
  metric: 'docker.cpu.usage',
  kind: 'gauge',
  host: 'a',
  tags: [],
  intervalS: 1,
})

function cut(grid: Partial<PastGrid>, counts?: number[]): number[] {
  const values = Float64Array.from([0, 1, 2, 3, 4, 5, Number.NaN, 7, 8, 9, 10, 11])
  const points = [{ series, values, ...(counts && { counts: Float64Array.from(counts) }) }]
  const [one] = cutPoints({ grid: window, states: [], points }, { ...window, frames: 0, ...grid })
  return [...(one?.values ?? [])]
}

describe('cutPoints()', () => {
  test('gives lead and frames of seconds as they lie', () => {
    assert.deepEqual(cut({}), [0, 1, 2, 3])
    assert.deepEqual(cut({ fromS: startS + 1, leadS: 2, frames: 2 }), [3, 4, 5, Number.NaN])
  })

  test('makes means of longer frames, of what is there', () => {
    assert.deepEqual(cut({ leadS: 1, frames: 2, stepS: 4 }), [3, (4 + 5 + 7) / 3, 9.5])
    assert.deepEqual(cut({ leadS: 1, frames: 1, stepS: 2, fromS: startS + 2 }), [5, 7])
  })

  test('weighs figures by how many points they are of', () => {
    const counts = [1, 1, 1, 1, 10, 5, 0, 1, 1, 1, 1, 1]
    assert.deepEqual(cut({ leadS: 1, frames: 1, stepS: 2 }, counts), [3, (4 * 10 + 5 * 5) / 15])
  })
})

describe('cutStates()', () => {
  const state = (
    id: string,
    second: number,
    name: ContainerState = 'running',
  ): ContainerRecord => ({
    host: 'a',
    timeMs: (startS + second) * 1000,
    container: sampleContainer(id, { state: name }),
  })
  const told = (states: readonly ContainerRecord[]): unknown[] =>
    states.map(({ timeMs, container }) => [
      container.id[0],
      timeMs / 1000 - startS,
      container.state,
    ])

  test('gives the newest of each before the moment, and what changes until the last one', () => {
    const states = [
      state('1', -100),
      state('2', -100),
      state('1', 3, 'paused'),
      state('2', 2, 'removed'),
      state('1', 5, 'exited'),
      state('3', 4),
      state('1', 8, 'removed'),
    ]
    const { before, after } = cutStates(states, { ...window, fromS: startS + 3, frames: 4 })
    assert.deepEqual(told(before), [['1', 3, 'paused']])
    assert.deepEqual(told(after), [
      ['3', 4, 'running'],
      ['1', 5, 'exited'],
    ])
  })
})
