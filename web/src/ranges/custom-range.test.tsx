import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'

import type { Span } from '../data/history.ts'
import { CustomRange } from './custom-range.tsx'

const nowMs = new Date(2026, 2, 15, 14, 30, 0).getTime()
const nowS = nowMs / 1000

function open(): { readonly onSpan: (span: Span) => void; readonly onClose: () => void } {
  const told = { onSpan: vi.fn(), onClose: vi.fn() }
  render(<CustomRange span={{ fromS: nowS - 300, toS: nowS }} nowMs={nowMs} {...told} />)
  return told
}

function write(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label === 'In words' ? /^In words/ : label), {
    target: { value },
  })
}

const show = (): HTMLElement => screen.getByRole('button', { name: 'Show' })

describe('CustomRange', () => {
  test('starts with what is shown', () => {
    open()
    expect(screen.getByLabelText<HTMLInputElement>('From, time').value).toBe('14:25:00')
    expect(screen.getByLabelText<HTMLInputElement>('To, date').value).toBe('2026-03-15')
  })

  test('reads words, fills the fields with them, and shows that span', () => {
    const { onSpan, onClose } = open()
    write('In words', '-90m')
    expect(screen.getByLabelText<HTMLInputElement>('From, time').value).toBe('13:00:00')
    fireEvent.click(show())
    expect(onSpan).toHaveBeenCalledExactlyOnceWith({ fromS: nowS - 5400, toS: nowS })
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('reads the fields, once they are changed, and not the words before', () => {
    const { onSpan } = open()
    write('In words', '-90m')
    write('From, time', '14:00:00')
    fireEvent.click(show())
    expect(onSpan).toHaveBeenCalledExactlyOnceWith({ fromS: nowS - 1800, toS: nowS })
  })

  test.each([
    ['In words', 'whenever', '“whenever” is no time'],
    ['In words', '11:00 to 10:00', 'The end is not after the start.'],
    ['From, time', '', 'A date or a time is missing.'],
    ['From, date', '2026-03-16', 'The start has yet to come.'],
    ['To, time', '14:00:00', 'The end is not after the start.'],
  ])('says what is wrong with %s %j and shows nothing', (label, value, sentence) => {
    const { onSpan } = open()
    write(label, value)
    expect(screen.getByRole('status').textContent).toContain(sentence)
    expect(show().hasAttribute('disabled')).toBe(true)
    fireEvent.submit(show())
    expect(onSpan).not.toHaveBeenCalled()
  })
})
