import { describe, expect, test } from 'vitest'

import { eventsNear, nextEvent, type ChartEvent } from './chart-event.ts'

const start: ChartEvent = { timeMs: 10_000, title: 'start', state: 'none' }
const oom: ChartEvent = { timeMs: 11_000, title: 'OOM kill', state: 'critical' }
const late: ChartEvent = { timeMs: 90_000, title: 'healthy', state: 'ok' }
const events = [late, oom, start]

describe('eventsNear()', () => {
  test('names the gravest first, of those that are near', () => {
    expect(eventsNear(events, 10.4, 1)).toEqual([oom, start])
    expect(eventsNear(events, 50, 1)).toEqual([])
  })
})

describe('nextEvent()', () => {
  test('finds the nearest in either direction, and never the one it stands at', () => {
    expect(nextEvent(events, 10, 1)).toBe(oom)
    expect(nextEvent(events, 90, -1)).toBe(oom)
    expect(nextEvent(events, 90, 1)).toBeUndefined()
  })
})
