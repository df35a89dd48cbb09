import { expect, test } from 'vitest'

import { readRange } from '../ranges/time-range.ts'
import { countedSeconds, countEveryS, headingStep, listedTime, widerRange } from './event-time.ts'

test('live counts an hour and lists a day, other ranges what they say', () => {
  const [live, day] = [readRange({}), readRange({ range: '1d' })]
  expect([countedSeconds(live), listedTime(live)]).toEqual([
    3600,
    { kind: 'newest', seconds: 86_400 },
  ])
  expect([countedSeconds(day), listedTime(day)]).toEqual([
    86_400,
    { kind: 'newest', seconds: 86_400 },
  ])
  expect([countEveryS(live), countEveryS(day)]).toEqual([5, 30])
})

test('a zoom stands still', () => {
  const zoomed = readRange({ range: '4h', from: '100', to: '200' })
  expect(countedSeconds(zoomed)).toBe(100)
  expect(listedTime(zoomed)).toEqual({ kind: 'span', fromS: 100, toS: 200 })
  expect(widerRange(zoomed)).toBe('4h')
})

test('headings are for hours of a day, and for days of a week', () => {
  const steps = [{}, { range: '1d' }, { range: '1w' }, { range: '1w', from: '1', to: '9' }]
  expect(steps.map((search) => headingStep(readRange(search)))).toEqual([
    'hour',
    'hour',
    'day',
    'hour',
  ])
})
