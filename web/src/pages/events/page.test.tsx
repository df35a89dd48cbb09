import { fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { HappeningCounts, HappeningsAnswer } from '../../../../src/api/contract/happenings.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { EventsPage } from './page.tsx'

const noCounts: HappeningCounts = {
  total: 0,
  stepS: 36,
  fromS: 0,
  bars: [],
  facets: { kind: [], action: [], container: [], image: [], host: [], actor: [] },
}
const nothing: HappeningsAnswer = { happenings: [], next: null }
let asked: URL[]

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    const url = new URL(path, 'http://localhost')
    asked.push(url)
    return Response.json(url.pathname === '/api/happenings' ? nothing : noCounts)
  })
})

afterEach(() => vi.unstubAllGlobals())

describe('EventsPage', () => {
  test.each([
    ['/?host=web-1&q=kind:exit', 'host:web-1 (kind:exit)'],
    ['/?q=kind:exit', 'kind:exit'],
  ])('at %s asks for %s', async (address, query) => {
    showLive(<EventsPage />, sampleStore([], []), address)
    await vi.waitFor(() => {
      const lists = asked.filter(({ pathname }) => pathname === '/api/happenings')
      expect(lists.map(({ searchParams }) => searchParams.get('query'))).toContain(query)
    })
  })

  test('says how to get something to see, and looks further back at a click', async () => {
    const { router } = showLive(<EventsPage />, sampleStore([], []), '/?range=1h')
    expect(await screen.findByText('docker run --rm busybox true')).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Look at 4 h' }))
    await vi.waitFor(() => expect(router.history.location.search).toBe('?range=4h'))
  })

  test('a search without an answer is not taken for a machine where nothing happens', async () => {
    showLive(<EventsPage />, sampleStore([], []), '/?q=kind:oom')
    expect(await screen.findByText('No event matches')).not.toBeNull()
    expect(screen.queryByText('docker run --rm busybox true')).toBeNull()
  })
})
