import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shiftCalendar } from './shift-calendar.ts'

describe('shiftCalendar()', () => {
  const table: readonly (readonly [time: string, shift: string, zone: string, expected: string])[] =
    [
      ['2026-03-10T12:30:00Z', '-1d', 'UTC', '2026-03-09T12:30:00Z'],
      ['2026-03-10T12:30:00Z', '-2w', 'UTC', '2026-02-24T12:30:00Z'],
      ['2026-03-10T12:30:00Z', '-1mo', 'UTC', '2026-02-10T12:30:00Z'],
      ['2026-03-31T00:00:00Z', '-1mo', 'UTC', '2026-02-28T00:00:00Z'],
      ['2024-03-31T00:00:00Z', '-1mo', 'UTC', '2024-02-29T00:00:00Z'],
      ['2026-01-15T00:00:00Z', '-14mo', 'UTC', '2024-11-15T00:00:00Z'],
      // In Paris the clock went ahead on 29 March 2026 at 01:00 UTC: noon is 10:00, and was 11:00.
      ['2026-03-30T10:00:00Z', '-2d', 'Europe/Paris', '2026-03-28T11:00:00Z'],
      ['2026-03-30T10:00:00Z', '-2d', 'UTC', '2026-03-28T10:00:00Z'],
      ['2026-03-29T22:30:00Z', '-1d', 'Europe/Paris', '2026-03-28T23:30:00Z'],
      // In New York it went back on 1 November 2026 at 06:00 UTC.
      ['2026-11-02T17:00:00Z', '-1w', 'America/New_York', '2026-10-26T16:00:00Z'],
      ['2026-07-01T03:00:00Z', '-1mo', 'America/New_York', '2026-05-31T03:00:00Z'],
      ['2026-07-01T00:00:00Z', '-30d', 'Asia/Kolkata', '2026-06-01T00:00:00Z'],
    ]
  for (const [time, shift, zone, expected] of table) {
    test(`${time} ${shift} in ${zone}`, () => {
      const shifted = new Date(shiftCalendar(Date.parse(time), shift, zone))
      assert.equal(shifted.toISOString(), expected.replace('Z', '.000Z'))
    })
  }
})
