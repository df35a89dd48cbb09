import { describe, expect, test } from 'vitest'

import { sampleContainer } from '../testing/samples.ts'
import { stateWord } from './container-state.ts'

describe('stateWord()', () => {
  test.each([
    [{ state: 'running' }, 'ok', 'running'],
    [{ state: 'running', health: 'healthy' }, 'ok', 'healthy'],
    [{ state: 'running', health: 'unhealthy' }, 'critical', 'unhealthy'],
    [{ state: 'running', health: 'starting' }, 'warning', 'starting'],
    [{ state: 'paused', health: 'healthy' }, 'warning', 'paused'],
    [{ state: 'exited', exitCode: 0 }, 'off', 'exited 0'],
    [{ state: 'exited', exitCode: 143 }, 'off', 'exited 143'],
    [{ state: 'exited', exitCode: 3 }, 'warning', 'exited 3'],
    [{ state: 'exited', exitCode: 137, oomKilled: true }, 'critical', 'out of memory'],
    [{ state: 'created' }, 'off', 'created'],
    [{ state: 'dead', exitCode: 1 }, 'critical', 'dead'],
    [{ state: 'hibernating' }, 'unknown', 'hibernating'],
  ])('%j is %s: %s', (different, tone, text) => {
    expect(stateWord(sampleContainer(different))).toMatchObject({ tone, text })
  })

  test('says state and health in full to who asks', () => {
    const word = stateWord(sampleContainer({ state: 'running', health: 'unhealthy' }))
    expect(word.about).toBe('running, unhealthy')
  })
})
