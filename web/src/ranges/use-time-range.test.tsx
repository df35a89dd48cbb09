import { act } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, test, vi } from 'vitest'

import { useSetSearch } from '../data/search.ts'
import { sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { useTimeRange, type RangeInAddress } from './use-time-range.ts'

interface Page {
  readonly times: () => RangeInAddress
  readonly address: () => string
  readonly back: () => void
  readonly filter: (q: string) => void
}

function openPage(address: string): Page {
  const told: { times?: RangeInAddress; setSearch?: ReturnType<typeof useSetSearch> } = {}
  function Probe(): ReactElement {
    told.times = useTimeRange()
    told.setSearch = useSetSearch()
    return <></>
  }
  const { router } = showLive(<Probe />, sampleStore([], []), address)
  const { history } = router
  return {
    times() {
      if (told.times === undefined) throw new Error('The probe is not shown')
      return told.times
    },
    address: () => history.location.href,
    back: () => history.back(),
    filter: (q) => told.setSearch?.({ q }),
  }
}

async function expectAddress(page: Page, address: string): Promise<void> {
  await vi.waitFor(() => expect(page.address()).toBe(address))
}

describe('useTimeRange()', () => {
  test('makes each zoom a step of the way back', async () => {
    const page = openPage('/?range=1h')
    await act(async () => page.times().zoom(1000, 2000))
    await act(async () => page.times().zoom(1200, 1300))
    await expectAddress(page, '/?range=1h&from=1200&to=1300')
    await act(async () => page.back())
    await expectAddress(page, '/?range=1h&from=1000&to=2000')
    await act(async () => page.back())
    await expectAddress(page, '/?range=1h')
  })

  test('zooms out one zoom at a time, and keeps what was typed meanwhile', async () => {
    const page = openPage('/?range=1h')
    await act(async () => page.times().zoom(1000, 2000))
    await act(async () => page.times().zoom(1200, 1300))
    await act(async () => page.filter('error'))
    await act(async () => page.times().zoomOut())
    await expectAddress(page, '/?range=1h&q=error&from=1000&to=2000')
    await act(async () => page.times().zoomOut())
    await expectAddress(page, '/?range=1h&q=error')
  })

  test('leaves the zoom of an address that was opened as it is', async () => {
    const page = openPage('/?range=1h&from=1000&to=2000')
    await act(async () => page.times().zoomOut())
    await expectAddress(page, '/?range=1h')
  })
})
