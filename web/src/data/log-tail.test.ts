import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { LogTailRows } from '../../../src/api/contract/logs.ts'
import { sampleLines } from '../testing/log-samples.ts'
import type { EventStream } from './live-stream.ts'
import { openLogTail, type LogTail } from './log-tail.ts'

/** The browser's own stream, told by the test what the network does. */
class TestSource extends EventTarget implements EventStream {
  readonly after: string
  isClosed = false

  constructor(after: string) {
    super()
    this.after = after
  }

  close(): void {
    this.isClosed = true
  }

  bring(lastEventId: string): void {
    const data = JSON.stringify({ rows: sampleLines(1, 1), skipped: 0 })
    this.dispatchEvent(new MessageEvent('rows', { data, lastEventId }))
  }
}

let sources: TestSource[]
let batches: LogTailRows[]
let tail: LogTail

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  batches = []
  tail = openLogTail({
    open(after) {
      const source = new TestSource(after)
      sources.push(source)
      return source
    },
    after: 'start',
    onRows: (batch) => batches.push(batch),
    random: () => 0.5,
  })
})

afterEach(() => {
  tail.close()
  vi.useRealTimers()
})

describe('openLogTail()', () => {
  test('goes on where it broke, after pauses that double', () => {
    sources[0]?.bring('7')
    sources[0]?.dispatchEvent(new Event('error'))
    expect(sources[0]?.isClosed).toBe(true)
    vi.advanceTimersByTime(499)
    expect(sources).toHaveLength(1)
    vi.advanceTimersByTime(1)
    sources[1]?.dispatchEvent(new Event('error'))
    vi.advanceTimersByTime(999)
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(1)
    sources[2]?.bring('8')
    sources[2]?.dispatchEvent(new Event('error'))
    vi.advanceTimersByTime(500)
    expect(sources.map(({ after }) => after)).toEqual(['start', '7', '7', '8'])
    expect(batches).toHaveLength(2)
  })

  test('tells where another would go on, and hears nothing once it is closed', () => {
    expect(tail.position()).toBe('start')
    sources[0]?.bring('9')
    tail.close()
    sources[0]?.bring('10')
    vi.advanceTimersByTime(60_000)
    expect(tail.position()).toBe('9')
    expect(batches).toHaveLength(1)
    expect(sources).toHaveLength(1)
  })
})
