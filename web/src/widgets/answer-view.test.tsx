import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'

import { RequestError } from '../data/request.ts'
import { AnswerView } from './answer-view.tsx'
import type { WidgetAnswer } from './use-widget-answer.ts'

const data = { answer: 'seven', span: { fromS: 0, toS: 1 } }

function show(different: Partial<WidgetAnswer<string>>): { readonly retry: () => void } {
  const retry = vi.fn<() => void>()
  const of = { data: undefined, atMs: 0, error: null, isLoading: false, retry, ...different }
  render(
    <AnswerView of={of} isEmpty={(answer) => answer === ''}>
      {({ answer }) => <b>{answer}</b>}
    </AnswerView>,
  )
  return { retry }
}

describe('AnswerView', () => {
  test('says why there is no answer, and asks again', () => {
    const { retry } = show({ error: new RequestError(400, 'At 3: a bracket is missing') })
    expect(screen.getByRole('alert').textContent).toContain('At 3: a bracket is missing')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(retry).toHaveBeenCalledOnce()
  })

  test('keeps the answer before in sight and says that it is old', () => {
    show({ data, error: new RequestError(503, 'busy') })
    expect(screen.getByText('seven')).toBeTruthy()
    expect(screen.getByRole('status').textContent).toMatch(/^Shown as of .* busy$/)
  })

  test('keeps the answer of the range before while another loads', () => {
    show({ data, isLoading: true })
    expect(screen.getByText('seven').parentElement?.dataset['loading']).toBe('true')
  })

  test('says that nothing was stored, not zero', () => {
    show({ data: { ...data, answer: '' } })
    expect(screen.getByText('Nothing was stored in this range.')).toBeTruthy()
  })
})
