import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'

import { sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { LinkBanner, LinkButton } from './link-status.tsx'

describe('LinkButton and LinkBanner', () => {
  test('say nothing special while live, and pause at a click', () => {
    const { told } = showLive(<LinkButton />, sampleStore([], []))
    const button = screen.getByRole('button', { name: /^Live/ })
    fireEvent.click(button)
    expect(told).toEqual(['pause'])
  })

  test('lead from the past back to the present, and do not pause what is not in sight', () => {
    const { told, router } = showLive(<LinkButton />, sampleStore([], []), '/?at=1790000000&q=web')
    fireEvent.click(screen.getByRole('button', { name: /^Live/ }))
    expect(told).toEqual([])
    expect(router.history.location.search).toBe('?q=web')
  })

  test('say that figures are old once the stream is lost, and offer to try at once', () => {
    const store = sampleStore([], [])
    const { told } = showLive(<LinkBanner />, store)
    expect(screen.queryByRole('status')).toBeNull()
    const sinceMs = Date.now()
    act(() => store.setLink({ kind: 'lost', sinceMs, retryAtMs: sinceMs + 4000 }))
    expect(screen.getByRole('status').textContent).toMatch(
      /has not answered since .*Next try in 4 s/,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }))
    expect(told).toEqual(['retryNow'])
  })

  test('say which second is shown while paused', () => {
    const store = sampleStore([], [])
    showLive(<LinkBanner />, store)
    act(() => store.setLink({ kind: 'paused', sinceMs: Date.now() }))
    expect(screen.getByRole('status').textContent).toContain('Paused at')
  })
})
