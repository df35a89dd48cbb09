import { describe, expect, test } from 'vitest'

import { withoutText } from './without-text.ts'

const part = (label: string, value: number | null): Parameters<typeof withoutText>[2][number] => ({
  label,
  column: [value],
})

describe('withoutText()', () => {
  test('is the time alone where all parts are known, or none', () => {
    expect(withoutText('10:00', 0, [part('files', 1), part('kernel', 2)])).toBe('10:00')
    expect(withoutText('10:00', 0, [part('files', null)])).toBe('10:00')
  })

  test('names what is missing, of many the first', () => {
    const known = part('files', 1)
    expect(withoutText('10:00', 0, [part('kernel', null), known])).toBe('10:00 without kernel')
    const many = ['a', 'b', 'c', 'd', 'e'].map((label) => part(label, null))
    expect(withoutText('10:00', 0, [known, ...many])).toBe('10:00 without a, b, c and 2 more')
  })
})
