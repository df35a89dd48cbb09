import { createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { DashboardsAnswer, DashboardSummary } from '../../../../src/api/contract/dashboards.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { DashboardsPage } from './page.tsx'

afterEach(() => vi.unstubAllGlobals())

function summary(id: string, different: Partial<DashboardSummary> = {}): DashboardSummary {
  return { id, title: id, description: '', widgetCount: 1, isShipped: false, ...different }
}

function show(answer: DashboardsAnswer): void {
  vi.stubGlobal('fetch', async () => Response.json(answer))
  const router = createRouter({ routeTree: createRootRoute() })
  const page = (
    <RouterContextProvider router={router}>
      <DashboardsPage />
    </RouterContextProvider>
  )
  showLive(page, sampleStore([], []))
}

async function titles(): Promise<readonly (string | null)[]> {
  const links = await screen.findAllByRole('link')
  return links.map((link) => link.getAttribute('href'))
}

describe('DashboardsPage', () => {
  test('lists what is shipped first, and finds by all words of the search', async () => {
    const dashboards = [
      summary('alpha', { title: 'Alpha', description: 'The shop, checkout' }),
      summary('beta', { title: 'Beta of the shop' }),
      summary('docker', { title: 'Docker', isShipped: true }),
    ]
    show({ dashboards, faults: [] })
    expect(await titles()).toEqual(['/dashboards/docker', '/dashboards/alpha', '/dashboards/beta'])
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'SHOP alpha' } })
    expect(await titles()).toEqual(['/dashboards/alpha'])
    expect(screen.getByText('1 of 3 dashboards')).toBeTruthy()
  })

  test('says of each file that is no dashboard what is wrong with it, and where files belong', async () => {
    show({ dashboards: [], faults: [{ file: 'a.json', reason: 'it is no JSON' }] })
    expect(await screen.findByText('1 file is no dashboard that can be read')).toBeTruthy()
    expect(screen.getByText('a.json').parentElement?.textContent).toBe('a.json it is no JSON')
    expect(screen.getByText(/cp dashboard.json dashboards.d/)).toBeTruthy()
  })
})
