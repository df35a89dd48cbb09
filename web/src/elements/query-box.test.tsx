import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { RequestError } from '../data/request.ts'
import { findQueryFault } from '../searches/find-query-fault.ts'
import { QueryBox, QueryProblem } from './query-box.tsx'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const words = { label: 'Search', hint: 'words', shortHint: '', clear: 'Clear' }

function show(query: string, error?: RequestError): ReturnType<typeof vi.fn> {
  const onQuery = vi.fn()
  const fault = findQueryFault(query, error, 0)
  render(
    <>
      <QueryBox words={words} query={query} fault={fault} onQuery={onQuery} />
      <QueryProblem query={query} fault={fault} />
    </>,
  )
  return onQuery
}

const box = (): HTMLElement => screen.getByRole('searchbox')

describe('QueryBox', () => {
  test('asks once the typing has settled, or at once at Enter', () => {
    const onQuery = show('')
    fireEvent.change(box(), { target: { value: 'ti' } })
    vi.advanceTimersByTime(200)
    fireEvent.change(box(), { target: { value: 'time' } })
    vi.advanceTimersByTime(299)
    expect(onQuery).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onQuery.mock.calls).toEqual([['time']])
    fireEvent.change(box(), { target: { value: 'timeout' } })
    fireEvent.keyDown(box(), { key: 'Enter' })
    vi.advanceTimersByTime(1000)
    expect(onQuery.mock.calls).toEqual([['time'], ['timeout']])
  })

  test('is reached by /', () => {
    show('')
    fireEvent.keyDown(document.body, { key: '/' })
    expect(document.activeElement).toBe(box())
  })

  test('explains what cannot be read, and shows the place', () => {
    show('level:(error')
    expect(box().getAttribute('aria-invalid')).toBe('true')
    const about = document.getElementById(box().getAttribute('aria-describedby') ?? '')
    expect(about?.textContent).toContain('A bracket is opened here and never closed.')
    expect(about?.querySelector('mark')?.textContent).toBe('(')
  })

  test('says what the server says of a query, at the place that is the reader’s', () => {
    const error = new RequestError(400, 'a level is expected', { at: 30 + 6 })
    expect(findQueryFault('level:loud', error, 30)).toEqual({ text: 'a level is expected', at: 6 })
    expect(findQueryFault('level:loud', new RequestError(503, 'busy'), 0)).toBeUndefined()
    show('level:loud', new RequestError(400, 'a level is expected', { at: 6 }))
    expect(screen.getByRole('status').querySelector('mark')?.textContent).toBe('l')
  })
})
