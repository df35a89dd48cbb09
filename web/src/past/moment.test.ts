import { describe, expect, test } from 'vitest'

import { readMoment, writeMoment, zoomAround } from './moment.ts'

describe('readMoment()', () => {
  test.each([
    [{}, { kind: 'live' }],
    [{ at: 'now' }, { kind: 'now' }],
    [{ at: '1700000000' }, { kind: 'second', atS: 1_700_000_000 }],
    [{ at: '-5' }, { kind: 'live' }],
    [{ at: '1.5' }, { kind: 'live' }],
    [{ at: '999999999999' }, { kind: 'live' }],
  ])('reads %j', (search, moment) => {
    expect(readMoment(search)).toEqual(moment)
  })
})

describe('writeMoment()', () => {
  test('is read back', () => {
    for (const moment of [{ kind: 'now' }, { kind: 'second', atS: 12 }] as const) {
      const { at = '' } = writeMoment(moment)
      expect(readMoment({ at })).toEqual(moment)
    }
  })

  test('takes moment and width of the bar out of the address when it goes live', () => {
    expect(writeMoment({ kind: 'live' })).toEqual({ at: undefined, span: undefined })
  })
})

describe('zoomAround()', () => {
  test('shows five minutes on both sides, but not what is to come', () => {
    const moment = { kind: 'second', atS: 10_000 } as const
    expect(zoomAround(moment, 20_000)).toEqual({ from: '9700', to: '10300' })
    expect(zoomAround(moment, 10_020)).toEqual({ from: '9700', to: '10020' })
    expect(zoomAround({ kind: 'now' }, 20_000)).toEqual({})
  })
})
