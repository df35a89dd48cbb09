import { fireEvent, render, screen } from '@testing-library/react'
import { useRef, type ReactElement } from 'react'
import { expect, test, vi } from 'vitest'

import { useSidewaysWheel } from './use-sideways-wheel.ts'

function Track({ onTurn }: { readonly onTurn: (share: number) => void }): ReactElement {
  const track = useRef<HTMLDivElement>(null)
  useSidewaysWheel(track, onTurn)
  return <div ref={track} role="slider" aria-valuenow={0} />
}

test('turns what goes sideways, and leaves what scrolls the page alone', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(200)
  const turns: number[] = []
  render(<Track onTurn={(share) => turns.push(share)} />)
  const track = screen.getByRole('slider')
  // `false`: the browser is kept from what it would do.
  expect(fireEvent.wheel(track, { deltaX: 20, deltaY: 3 })).toBe(false)
  expect(fireEvent.wheel(track, { deltaX: 3, deltaY: 20 })).toBe(true)
  expect(fireEvent.wheel(track, { deltaY: -50, shiftKey: true })).toBe(false)
  expect(turns).toEqual([0.1, -0.25])
  vi.restoreAllMocks()
})
