import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createPacedWriter } from './paced-writer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createPacedWriter()', () => {
  test('writes the first at once and then the newest of each second', () => {
    const written: number[] = []
    const writer = createPacedWriter((value: number) => written.push(value), 1000)
    for (const value of [1, 2, 3]) writer.put(value)
    expect(written).toEqual([1])
    vi.advanceTimersByTime(1000)
    expect(written).toEqual([1, 3])
    vi.advanceTimersByTime(5000)
    expect(written).toEqual([1, 3])
    writer.put(4)
    expect(written).toEqual([1, 3, 4])
  })

  test('forgets what waits when it is told to, and knows what it wrote', () => {
    const writer = createPacedWriter(() => undefined, 1000)
    writer.put(1)
    writer.put(2)
    writer.drop()
    vi.advanceTimersByTime(5000)
    expect([writer.hasWritten(1), writer.hasWritten(2)]).toEqual([true, false])
  })
})
