import { fireEvent, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, test } from 'vitest'

import { usePaletteKeys, type Way } from './use-palette-keys.ts'

type Taken = [listed: string, index: number, way: Way][]

function Entry(props: {
  readonly typed: string
  readonly listed: string
  readonly taken: Taken
}): ReactElement {
  const { typed, listed, taken } = props
  const { at, onKeyDown } = usePaletteKeys({
    count: 3,
    typed,
    listed,
    onTake: (index, way) => taken.push([listed, index, way]),
  })
  return <input aria-label={`at ${at}`} onKeyDown={onKeyDown} />
}

function press(...keys: readonly string[]): void {
  for (const key of keys) fireEvent.keyDown(screen.getByRole('textbox'), { key })
}

describe('usePaletteKeys', () => {
  test('takes what is pointed at', () => {
    const taken: Taken = []
    render(<Entry typed="web" listed="web" taken={taken} />)
    press('ArrowDown', 'ArrowDown', 'Enter')
    expect(taken).toEqual([['web', 2, 'open']])
  })

  test('of what is typed, also where Enter comes before it is listed', () => {
    const taken: Taken = []
    const { rerender } = render(<Entry typed="" listed="" taken={taken} />)
    press('ArrowDown')
    rerender(<Entry typed="web" listed="" taken={taken} />)
    press('Enter')
    expect(taken).toEqual([])
    rerender(<Entry typed="web" listed="web" taken={taken} />)
    expect(taken).toEqual([['web', 0, 'open']])
    rerender(<Entry typed="webs" listed="webs" taken={taken} />)
    expect(taken).toHaveLength(1)
  })

  test('begins again at the first for each text that is listed', () => {
    const { rerender } = render(<Entry typed="" listed="" taken={[]} />)
    press('ArrowUp')
    expect(screen.getByLabelText('at 2')).toBeTruthy()
    rerender(<Entry typed="w" listed="w" taken={[]} />)
    rerender(<Entry typed="" listed="" taken={[]} />)
    expect(screen.getByLabelText('at 0')).toBeTruthy()
  })
})
