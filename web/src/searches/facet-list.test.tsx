import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { FacetList, type Facet } from './facet-list.tsx'

const facets: readonly Facet[] = [
  { field: 'level', title: 'Level', values: [{ value: 'error', count: 1234 }] },
  { field: '@user.id', title: '@user.id', values: [{ value: '', count: 5 }] },
  { field: 'host', title: 'Host', values: [{ value: 'a-host', count: 1 }] },
  { field: 'image', title: 'Image', values: [] },
]
const note = 'Counted over the newest 100,000 lines.'

test('FacetList asks for a value at a click, and leaves it out with Alt or by its own button', () => {
  const onChoose = vi.fn()
  render(
    <FacetList
      facets={facets}
      query="level:error"
      omitted={['host']}
      note={note}
      onChoose={onChoose}
    />,
  )
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
  expect(screen.getByText(note)).not.toBeNull()
})
