import { describe, expect, test } from 'vitest'

import { openTop, scaleColours, stepCount, stepOf, valueAt } from './colour-scale.ts'

describe('stepOf()', () => {
  test('goes from the weakest to the strongest colour, and stays inside', () => {
    const scale = { top: 100, isBent: false }
    expect([-1, 0, 50, 99.9, 100, 1e9].map((value) => stepOf(scale, value))).toEqual([
      0,
      0,
      stepCount / 2,
      stepCount - 1,
      stepCount - 1,
      stepCount - 1,
    ])
    expect(stepOf({ top: 0, isBent: false }, 0)).toBe(0)
  })

  test('on a bent scale a quarter of the end has half of the colours below it', () => {
    const scale = { top: 200, isBent: true }
    expect(valueAt(scale, 0.5)).toBe(50)
    expect(stepOf(scale, 50)).toBe(stepCount / 2)
  })
})

describe('openTop()', () => {
  test.each([
    [0, false, 10],
    [11, false, 20],
    [133, false, 200],
    [0, true, 1024],
    [3_000_000, true, 4_194_304],
  ])('of %s, bytes: %s, is %s', (highest, isBytes, top) => {
    expect(openTop(highest, { isBytes, now: undefined })).toBe(top)
  })

  test('grows at once and shrinks only when far too large', () => {
    const top = (highest: number): number => openTop(highest, { isBytes: false, now: 200 })
    expect([300, 150, 90, 51, 40].map(top)).toEqual([500, 200, 200, 200, 50])
  })
})

describe('scaleColours()', () => {
  test.each(['light', 'dark'] as const)('of the %s scheme differ by lightness alone', (scheme) => {
    const { fills, inks } = scaleColours(scheme)
    const grey = fills.map((fill) => {
      const [red = 0, green = 0, blue = 0] = (fill.match(/\d+/g) ?? []).map(Number)
      return 0.21 * red + 0.72 * green + 0.07 * blue
    })
    const sign = scheme === 'light' ? -1 : 1
    for (let step = 1; step < stepCount; step += 1) {
      expect(sign * ((grey[step] ?? 0) - (grey[step - 1] ?? 0))).toBeGreaterThan(5)
    }
    expect(new Set(inks).size).toBe(2)
  })

  test.each(['light', 'dark'] as const)('of the %s scheme can be written on', (scheme) => {
    const { fills, inks } = scaleColours(scheme)
    for (const [step, fill] of fills.entries()) {
      const below = luminance((fill.match(/\d+/g) ?? []).map(Number))
      const above = luminance(
        (inks[step]?.match(/[\da-f]{2}/g) ?? []).map((part) => Number(`0x${part}`)),
      )
      const [dark = 0, light = 0] = [below, above].toSorted((a, b) => a - b)
      expect((light + 0.05) / (dark + 0.05), `step ${step}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})

/** @see WCAG 2.2, "relative luminance" */
function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
