import { describe, expect, test } from 'vitest'

import { parseSpan, readSpan, type ParsedSpan } from './parse-span.ts'

const nowMs = new Date(2026, 2, 15, 14, 30, 0).getTime()
const nowS = nowMs / 1000
const clockS = (hour: number, day = 15): number => new Date(2026, 2, day, hour).getTime() / 1000

function span(fromS: number, toS: number): ParsedSpan {
  return { kind: 'span', span: { fromS, toS } }
}

describe('parseSpan()', () => {
  test.each([
    ['-90m', span(nowS - 5400, nowS)],
    ['10:00', span(clockS(10), nowS)],
    ['yesterday', span(clockS(0, 14), clockS(0, 15))],
    ['today', span(clockS(0), nowS)],
    ['10:00 to 11:00', span(clockS(10), clockS(11))],
    ['10:00 – 11:00', span(clockS(10), clockS(11))],
    ['hier à maintenant', span(clockS(0, 14), nowS)],
    ['-2h..-1h', span(nowS - 7200, nowS - 3600)],
    ['1773500000 → 1773503600', span(1_773_500_000, 1_773_503_600)],
    ['10:00 to 23:00', span(clockS(10), nowS)],
  ])('reads %j', (text, expected) => {
    expect(parseSpan(text, nowMs)).toEqual(expected)
  })

  test.each([
    ['whenever', { kind: 'unreadable', text: 'whenever' }],
    ['10:00 to soon', { kind: 'unreadable', text: 'soon' }],
    ['1:00 to 2:00 to 3:00', { kind: 'unreadable', text: '1:00 to 2:00 to 3:00' }],
    ['11:00 to 10:00', { kind: 'backwards' }],
    ['23:00', { kind: 'future' }],
    ['1970-01-05', { kind: 'old' }],
  ])('says what is wrong with %j', (text, fault) => {
    expect(parseSpan(text, nowMs)).toEqual({ kind: 'fault', fault })
  })
})

describe('readSpan()', () => {
  test('names the end that cannot be read', () => {
    const fault = { kind: 'unreadable', text: 'x' }
    expect(readSpan('10:00', 'x', nowMs)).toEqual({ kind: 'fault', fault })
    expect(readSpan('x', '10:00', nowMs)).toEqual({ kind: 'fault', fault })
  })
})
