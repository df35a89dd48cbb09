import { describe, expect, test } from 'vitest'

import { readRange } from '../ranges/time-range.ts'
import { widgetTime } from './widget-time.ts'

const nowMs = 10_000_500

describe('widgetTime()', () => {
  test('is the range of the page, and moves on with it', () => {
    const live = widgetTime(readRange({}), undefined)
    expect(live.spanAt(nowMs)).toEqual({ fromS: 9700, toS: 10_000 })
    expect(live.everyMs).toBe(10_000)
  })

  test('stands still when the page is zoomed', () => {
    const zoomed = widgetTime(readRange({ from: '100', to: '200' }), undefined)
    expect(zoomed.spanAt(nowMs)).toEqual({ fromS: 100, toS: 200 })
    expect(zoomed.everyMs).toBeUndefined()
  })

  test('is the widget’s own where it has one, whatever the page shows', () => {
    const own = widgetTime(readRange({ from: '100', to: '200' }), 3600)
    expect(own.spanAt(nowMs)).toEqual({ fromS: 6400, toS: 10_000 })
    expect(own.everyMs).toBe(60_000)
  })
})
