import { act, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

import { answerPaths } from '../testing/answer-paths.ts'
import { sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { NewerVersion } from './newer-version.tsx'

afterEach(() => vi.unstubAllGlobals())

test('a page says that its server runs another version since it was away', async () => {
  let version = '1.2.0'
  const asked = answerPaths({
    'GET /api/health': () => ({ status: 'ok', version, uptimeSeconds: 1 }),
  })
  const store = sampleStore([], [])
  const loseAndFind = (): void => {
    act(() => store.setLink({ kind: 'lost', sinceMs: 0, retryAtMs: 0 }))
    act(() => store.setLink({ kind: 'live' }))
  }
  const answered = async (count: number): Promise<void> => {
    await vi.waitFor(() => expect(asked).toHaveLength(count))
    await act(() => new Promise((resolve) => void setTimeout(resolve, 10)))
  }
  showLive(<NewerVersion />, store)
  await answered(1)
  loseAndFind()
  await answered(2)
  expect(screen.queryByRole('status')).toBeNull()

  version = '1.3.0'
  loseAndFind()
  const notice = await screen.findByRole('status')
  expect(notice.textContent).toContain('version 1.3.0 by now; this page came from version 1.2.0.')
  expect(screen.getByRole('button', { name: 'Load it anew' })).toBeTruthy()
})
