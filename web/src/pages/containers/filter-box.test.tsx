import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'

import { FilterBox, FilterProblems } from './filter-box.tsx'
import { parseFilter } from '../../../../src/api/contract/container-filter/parse-filter.ts'

function show(text: string): { readonly onChange: ReturnType<typeof vi.fn> } {
  const onChange = vi.fn()
  const { problems } = parseFilter(text)
  render(
    <>
      <FilterBox text={text} problems={problems} onChange={onChange} />
      <FilterProblems problems={problems} />
    </>,
  )
  return { onChange }
}

describe('FilterBox', () => {
  test('hands on what is typed', () => {
    const { onChange } = show('')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'web' } })
    expect(onChange).toHaveBeenCalledWith('web')
    expect(screen.getByRole('searchbox').getAttribute('aria-invalid')).toBe('false')
  })

  test('explains what it cannot read, where a screen reader finds it', () => {
    show('cpu:>much')
    const box = screen.getByRole('searchbox')
    expect(box.getAttribute('aria-invalid')).toBe('true')
    const explanation = document.getElementById(box.getAttribute('aria-describedby') ?? '')
    expect(explanation?.textContent).toContain('cpu:>50')
  })

  test('is reached by /, but not while typing elsewhere', () => {
    show('')
    fireEvent.keyDown(document.body, { key: '/' })
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
    screen.getByRole('searchbox').blur()
    const field = document.body.appendChild(document.createElement('textarea'))
    fireEvent.keyDown(field, { key: '/' })
    expect(document.activeElement).toBe(document.body)
    field.remove()
  })

  test('can be cleared by its button', () => {
    const { onChange } = show('web')
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    expect(onChange).toHaveBeenCalledWith('')
  })
})
