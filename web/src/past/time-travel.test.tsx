import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { useAgents, useRows } from '../data/live.ts'
import { answerPaths, type Asked } from '../testing/answer-paths.ts'
import { samplePast } from '../testing/past-samples.ts'
import { sampleContainer, sampleNowMs, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { TimeBarButton, TimeTravel } from './time-travel.tsx'

const nowS = sampleNowMs / 1000
const atS = nowS - 600
const route = '/api/past?at='

let asked: readonly Asked[] = []
// It is loaded before it is looked for, however busy the machine is.
beforeAll(() => import('./time-bar.tsx'))
beforeEach(() => {
  const answers = [atS, atS - 1, atS + 60, nowS - 2].map((second) => [
    `GET ${route}${second}`,
    () => {
      const past = samplePast({ atS: second, seconds: 0, stepS: 1 })
      const containers = [sampleContainer({ name: `as at ${second}` })]
      return { ...past, keptFromS: nowS - 3600, snapshot: { ...past.snapshot, containers } }
    },
  ])
  asked = answerPaths(Object.fromEntries(answers))
})
afterEach(() => vi.unstubAllGlobals())

function Names(): string {
  useAgents()
  return [...useRows().values()].map(({ container }) => container.name).join()
}

/** The page at an address, when its bar has loaded and what it asks for has come. */
async function show(address: string): Promise<ReturnType<typeof showLive>> {
  const shown = showLive(
    <TimeTravel>
      <Names />
      <TimeBarButton />
    </TimeTravel>,
    sampleStore([sampleContainer({ name: 'as it is' })], []),
    address,
  )
  if (address !== '/') await screen.findByRole('slider')
  return shown
}

function moments(): readonly string[] {
  return asked.flatMap(({ path }) => (path.startsWith(route) ? [path.slice(route.length)] : []))
}

describe('TimeTravel', () => {
  test('shows what is live, without a bar, where the address names no moment', async () => {
    await show('/')
    expect(screen.getByText(/as it is/)).toBeTruthy()
    expect(screen.queryByRole('slider')).toBeNull()
    expect(moments()).toEqual([])
  })

  test('shows the moment of the address in its place, and says which it is', async () => {
    await show(`/?at=${atS}`)
    expect(await screen.findByText(new RegExp(`as at ${atS}`))).toBeTruthy()
    expect(screen.queryByText(/as it is/)).toBeNull()
    const slider = screen.getByRole('slider')
    expect(slider.getAttribute('aria-valuenow')).toBe(String(atS))
    expect(slider.getAttribute('aria-valuetext')).toContain('every second')
    expect(screen.getByText(/10.min ago/)).toBeTruthy()
  })

  test('goes by the keys of the slider and by its buttons; the address follows', async () => {
    const { router } = await show(`/?at=${atS}`)
    await screen.findByText(new RegExp(`as at ${atS}`))
    fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowLeft' })
    expect(await screen.findByText(new RegExp(`as at ${atS - 1}`))).toBeTruthy()
    await vi.waitFor(() => expect(router.history.location.search).toBe(`?at=${atS - 1}`))
    expect(moments()).toEqual([String(atS), String(atS - 1)])
  })

  test('opens at the present, which goes on, and closes again', async () => {
    const { router } = await show('/')
    await act(async () => void fireEvent.keyDown(document.body, { key: 't' }))
    expect(await screen.findByText('Now')).toBeTruthy()
    expect(router.history.location.search).toBe('?at=now')
    expect(screen.getByText(/as it is/)).toBeTruthy()
    expect(moments()).toEqual([String(nowS - 2)])
    await act(async () => void fireEvent.keyDown(document.body, { key: 'Escape' }))
    expect(screen.queryByRole('slider')).toBeNull()
    expect(router.history.location.search).toBe('')
  })

  test('leaves the present at the first key, also for the moment whose picture was made ready', async () => {
    const { router } = await show('/')
    await act(async () => void fireEvent.keyDown(document.body, { key: 't' }))
    expect(await screen.findByText('Now')).toBeTruthy()
    fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowLeft' })
    await vi.waitFor(() => expect(router.history.location.search).toBe(`?at=${nowS - 2}`))
  })

  test('hides what it showed where a moment cannot be shown, and says why', async () => {
    await show(`/?at=${nowS - 7200}`)
    expect(await screen.findByText(/^Nothing is kept of this moment; the oldest/)).toBeTruthy()
    expect(document.querySelector('[data-standing]')?.getAttribute('data-standing')).toBe('none')
    expect(screen.getByRole('button', { name: 'Go there' })).toBeTruthy()
  })
})
