import { fireEvent, render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, test } from 'vitest'

import { useShortcuts } from './shortcuts.ts'

const done: string[] = []

function Page(): ReactElement {
  useShortcuts({
    f: () => done.push('f'),
    'g c': () => done.push('g c'),
    Enter: () => done.push('Enter'),
  })
  return (
    <>
      <button type="button">Press</button>
      <input aria-label="Text" />
    </>
  )
}

function press(key: string, target: Element = document.body, more: object = {}): void {
  fireEvent.keyDown(target, { key, ...more })
}

describe('useShortcuts()', () => {
  test('tells a pair from its second key alone', () => {
    render(<Page />)
    done.length = 0
    press('f')
    press('g')
    press('c')
    press('f')
    expect(done).toEqual(['f', 'g c', 'f'])
  })

  test('leaves alone what is typed into a field, pressed on a button, or meant for the browser', () => {
    const { container } = render(<Page />)
    done.length = 0
    press('f', container.querySelector('input') ?? undefined)
    press('Enter', container.querySelector('button') ?? undefined)
    press('f', document.body, { ctrlKey: true })
    expect(done).toEqual([])
    press('Enter')
    expect(done).toEqual(['Enter'])
  })
})
