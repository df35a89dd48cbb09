import { describe, expect, test } from 'vitest'

import { parseMoment } from './parse-moment.ts'

/** Of this machine's own zone, as the reader's times are. */
const nowMs = new Date(2026, 2, 15, 14, 30, 0).getTime()
const local = (...parts: [number, number, number, number?, number?, number?]): number =>
  new Date(...parts).getTime()

describe('parseMoment()', () => {
  test.each([
    ['now', nowMs],
    ['maintenant', nowMs],
    ['-90m', nowMs - 90 * 60_000],
    ['- 2 h', nowMs - 2 * 3_600_000],
    ['3 d ago', nowMs - 3 * 86_400_000],
    ['il y a 2 j', nowMs - 2 * 86_400_000],
    ['1750000000', 1_750_000_000_000],
    ['1750000000123', 1_750_000_000_123],
    ['2026-03-14T10:00:00Z', Date.UTC(2026, 2, 14, 10)],
    ['2026-03-14 10:00+02:00', Date.UTC(2026, 2, 14, 8)],
    ['9:05', local(2026, 2, 15, 9, 5)],
    ['09:05:07', local(2026, 2, 15, 9, 5, 7)],
    ['yesterday 23:59', local(2026, 2, 14, 23, 59)],
    ['Hier 08:00', local(2026, 2, 14, 8)],
    ['2026-02-28 00:30', local(2026, 1, 28, 0, 30)],
    ['2026-02-28T00:30:15', local(2026, 1, 28, 0, 30, 15)],
  ])('reads %j as a moment', (text, expected) => {
    expect(parseMoment(text, nowMs)).toEqual({ fromMs: expected, toMs: expected })
  })

  test.each([
    ['today', local(2026, 2, 15), local(2026, 2, 16)],
    ['yesterday', local(2026, 2, 14), local(2026, 2, 15)],
    ['aujourd’hui', local(2026, 2, 15), local(2026, 2, 16)],
    ['2026-02-28', local(2026, 1, 28), local(2026, 2, 1)],
  ])('reads %j as a whole day', (text, fromMs, toMs) => {
    expect(parseMoment(text, nowMs)).toEqual({ fromMs, toMs })
  })

  test.each(['', '90m', 'soon', '25:00', '12:60', '2026-02-30', '2026-13-01', '12', '-5y', '2026'])(
    'does not guess what %j means',
    (text) => {
      expect(parseMoment(text, nowMs)).toBeUndefined()
    },
  )
})
