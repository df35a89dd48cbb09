import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toDockerAction, toDockerState, withPodmanNames } from './podman-words.ts'

describe('toDockerAction()', () => {
  for (const [action, health, expected] of [
    ['died', undefined, 'die'],
    ['die', undefined, 'die'],
    ['remove', undefined, 'destroy'],
    ['exec_died', undefined, 'exec_die'],
    ['start', undefined, 'start'],
    ['cleanup', undefined, 'cleanup'],
    ['exec_start: sh -c true', undefined, 'exec_start: sh -c true'],
    ['health_status', 'unhealthy', 'health_status: unhealthy'],
    ['health_status: healthy', undefined, 'health_status: healthy'],
    ['health_status', undefined, 'health_status'],
  ] as const) {
    test(`reads ${action} ${health ?? ''}`, () =>
      assert.equal(toDockerAction(action, health), expected))
  }
})

describe('toDockerState()', () => {
  test('knows that what is stopped has ended, and leaves what it does not know', () => {
    assert.deepEqual(['stopped', 'initialized', 'running', 'odd'].map(toDockerState), [
      'exited',
      'created',
      'running',
      'odd',
    ])
  })
})

describe('withPodmanNames()', () => {
  test('adds only the names of what is asked for', () => {
    assert.deepEqual(withPodmanNames(['start', 'die', 'destroy']), [
      'start',
      'die',
      'destroy',
      'died',
      'remove',
    ])
    assert.deepEqual(withPodmanNames(['exec_die']), ['exec_die', 'exec_died'])
  })
})
