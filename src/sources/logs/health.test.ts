import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Way } from './containers/choose-way.ts'
import { judge, type Judged } from './health.ts'

const file: Way = { kind: 'file', path: '/x', framing: 'docker-json' }
const nothing: Judged = {
  containers: [],
  tooOldCount: 0,
  podFiles: 0,
  otherFiles: 0,
  openFiles: 0,
  ports: [],
  faults: [],
}

describe('judge()', () => {
  test('counts what is read in which way', () => {
    const { state, message, notes } = judge({
      ...nothing,
      containers: [
        { name: 'a', way: file },
        { name: 'b', way: { kind: 'api' } },
        { name: 'c', way: { kind: 'nothing', why: '' } },
      ],
      tooOldCount: 4,
      podFiles: 2,
      otherFiles: 3,
      openFiles: 6,
      ports: ['TCP 10514'],
    })
    assert.deepEqual([state, message], ['running', ''])
    assert.deepEqual(notes, [
      'containers: 1 from their files, 1 through the engine',
      'not read: c, whose log driver is none',
      'not read: 4 containers that ended longer ago than container_exclude_stopped_age',
      'files of pods: 2',
      'other files: 3',
      'ports: TCP 10514',
      'open files: 6',
    ])
  })

  test('is degraded by faults, of which it tells the first', () => {
    const { state, message } = judge({ ...nothing, faults: ['no disk', 'no port', 'no luck'] })
    assert.deepEqual([state, message], ['degraded', 'no disk (and 2 more)'])
  })

  test('is degraded where files would be better than the engine, and says why', () => {
    const way: Way = { kind: 'api', why: '/x may not be read; run the agent as root' }
    const containers = ['a', 'b', 'c', 'd'].map((name) => ({ name, way }))
    assert.equal(
      judge({ ...nothing, containers }).message,
      'The logs of a, b, c and 1 more are read through the engine, which misses what lives only for a moment, since /x may not be read; run the agent as root',
    )
  })
})
