import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import type { LogFacets } from '../../../src/api/contract/logs.ts'
import { FacetList } from './facet-list.tsx'

const facets: LogFacets = {
  from: 0,
  to: 1,
  facets: [
    { field: 'level', values: [{ value: 'error', count: 1234 }] },
    { field: '@user.id', values: [{ value: '', count: 5 }] },
    { field: 'host', values: [{ value: 'a-host', count: 1 }] },
    { field: 'image', values: [] },
  ],
  sampledLines: 100_000,
}

test('FacetList asks for a value at a click, and leaves it out with Alt or by its own button', () => {
  const onChoose = vi.fn()
  render(<FacetList facets={facets} query="level:error" omitted={['host']} onChoose={onChoose} />)
  const value = screen.getByRole('button', { name: 'error 1,234' })
  expect(value.getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(value)
  fireEvent.click(value, { altKey: true })
  fireEvent.click(screen.getByRole('button', { name: 'Without (none)' }))
  expect(onChoose.mock.calls).toEqual([
    ['level', 'error', 'included'],
    ['level', 'error', 'excluded'],
    ['@user.id', '', 'excluded'],
  ])
  expect(screen.queryByText('Host')).toBeNull()
  expect(screen.queryByText('Image')).toBeNull()
  expect(screen.getByText('Counted over the newest 100,000 lines.')).not.toBeNull()
})
