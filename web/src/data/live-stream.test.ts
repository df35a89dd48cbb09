import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createLiveStore, type LiveStore } from './live-store.ts'
import { openLiveStream, type EventStream, type LiveStream } from './live-stream.ts'

/** The browser's own stream, told by the test what the network does. */
class TestSource extends EventTarget implements EventStream {
  isClosed = false

  close(): void {
    this.isClosed = true
  }

  say(kind: string, data: object): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }))
  }
}

const snapshot = { time: 1000, serverId: 'a', containers: [], agents: [] }

let sources: TestSource[]
let store: LiveStore
let stream: LiveStream

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  store = createLiveStore({ schedule: (frame) => frame(), elapsedMs: () => 0 })
  stream = openLiveStream(store, {
    open() {
      const source = new TestSource()
      sources.push(source)
      return source
    },
    random: () => 0.5,
  })
})

afterEach(() => {
  stream.close()
  vi.useRealTimers()
})

describe('openLiveStream()', () => {
  test('is connecting until the first event and live from it', () => {
    expect(store.link().kind).toBe('connecting')
    sources[0]?.say('snapshot', snapshot)
    expect(store.link().kind).toBe('live')
    expect(store.isFilled()).toBe(true)
  })

  test('closes a stream that breaks and opens another after pauses that double up to 15 s', () => {
    const pauses: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      sources.at(-1)?.dispatchEvent(new Event('error'))
      expect(sources.at(-1)?.isClosed).toBe(true)
      const startedAt = Date.now()
      vi.advanceTimersToNextTimer()
      pauses.push(Date.now() - startedAt)
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000])
  })

  test('remembers since when it is lost over several tries, and forgets it once it is live again', () => {
    sources[0]?.say('snapshot', snapshot)
    const lostAt = Date.now()
    sources[0]?.dispatchEvent(new Event('error'))
    vi.advanceTimersToNextTimer()
    sources[1]?.dispatchEvent(new Event('error'))
    expect(store.link()).toMatchObject({ kind: 'lost', sinceMs: lostAt })
    vi.advanceTimersToNextTimer()
    sources[2]?.say('snapshot', snapshot)
    sources[2]?.dispatchEvent(new Event('error'))
    expect(store.link()).toMatchObject({ kind: 'lost', sinceMs: Date.now() })
  })

  test('counts a stream as lost that stays open and falls silent', () => {
    sources[0]?.say('snapshot', snapshot)
    vi.advanceTimersByTime(5000)
    sources[0]?.say('agents', { time: 2000, changed: [], rows: [], removedKeys: [] })
    vi.advanceTimersByTime(5000)
    expect(store.link().kind).toBe('live')
    vi.advanceTimersByTime(1001)
    expect(store.link().kind).toBe('lost')
    expect(sources[0]?.isClosed).toBe(true)
  })

  test('does not come back by itself while paused, and does when told', () => {
    sources[0]?.say('snapshot', snapshot)
    stream.pause()
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    expect(store.link().kind).toBe('paused')
    stream.resume()
    expect(sources).toHaveLength(2)
    sources[1]?.say('snapshot', snapshot)
    expect(store.link().kind).toBe('live')
  })

  test('tries at once when the reader does not want to wait', () => {
    sources[0]?.dispatchEvent(new Event('error'))
    stream.retryNow()
    expect(sources).toHaveLength(2)
  })
})
