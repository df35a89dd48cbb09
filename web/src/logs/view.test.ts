import { describe, expect, test } from 'vitest'

import { readRange } from '../ranges/time-range.ts'
import { countedTime, countEveryMs, listedTime, widerRange } from './log-time.ts'
import { readLogsView, writeLogsView, type LogsView } from './view.ts'

describe('readLogsView() and writeLogsView()', () => {
  test('bring a view back through the address', () => {
    const view: LogsView = { query: 'level:error', isWrapped: false, hasFacets: true, line: 'a1' }
    const search = writeLogsView(view)
    expect(search).toEqual({ q: 'level:error', wrap: 'off', facets: 'on', line: 'a1' })
    expect(readLogsView({ q: 'level:error', wrap: 'off', facets: 'on', line: 'a1' })).toEqual(view)
  })

  test('write nothing of what is as at first, and touch nothing that did not change', () => {
    const first = readLogsView({})
    expect(first).toEqual({ query: '', isWrapped: true, hasFacets: undefined, line: '' })
    expect(writeLogsView({ query: '', isWrapped: true, line: '' })).toEqual({
      q: undefined,
      wrap: undefined,
      line: undefined,
    })
    expect(writeLogsView({ query: 'a' })).toEqual({ q: 'a' })
  })
})

describe('the time of a question', () => {
  test('moves on with the present, or is the span that was zoomed into', () => {
    expect(countedTime(readRange({ range: '1w' }))).toEqual({ since: '7d' })
    const zoomed = readRange({ from: '100', to: '200' })
    expect(countedTime(zoomed)).toEqual({ from: '100000', to: '200000' })
    expect(listedTime(zoomed)).toEqual(countedTime(zoomed))
    expect(countEveryMs(zoomed)).toBeUndefined()
  })

  test('live lists the newest lines although it counts only minutes', () => {
    expect(countedTime(readRange({}))).toEqual({ since: '5m' })
    expect(listedTime(readRange({}))).toEqual({ since: '1d' })
  })

  test('can be made wider until it is widest', () => {
    expect(widerRange(readRange({}))).toBe('1w')
    expect(widerRange(readRange({ range: '1h' }))).toBe('4h')
    expect(widerRange(readRange({ range: '1w' }))).toBeUndefined()
    expect(widerRange(readRange({ range: '4h', from: '1', to: '9' }))).toBe('4h')
  })
})
