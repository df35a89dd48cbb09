import { afterEach, describe, expect, test, vi } from 'vitest'

import { answerPaths } from '../../testing/answer-paths.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { LogsPage } from './page.tsx'

afterEach(() => vi.unstubAllGlobals())

describe('LogsPage', () => {
  test.each([
    ['/?host=web-1&q=level:error', 'host:web-1 (level:error)'],
    ['/?host=a+b', 'host:"a b"'],
    ['/?q=level:error', 'level:error'],
  ])('at %s asks for %s', async (address, query) => {
    const asked = answerPaths({})
    showLive(<LogsPage />, sampleStore([], []), address)
    await vi.waitFor(() => {
      const paths = asked.map(({ path }) => path).filter((path) => path.startsWith('/api/logs?'))
      expect(paths.map((path) => new URLSearchParams(path.split('?')[1]).get('query'))).toEqual([
        query,
      ])
    })
  })
})
