import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { askByHand, type AskedPast } from '../testing/past-samples.ts'
import { createPictureSeeker, type PictureSeeker } from './picture-seeker.ts'

let asked: AskedPast[]
let shown: number[]
let failures: unknown[]
let seeker: PictureSeeker

beforeEach(() => {
  vi.useFakeTimers()
  const past = askByHand()
  asked = past.asked
  shown = []
  failures = []
  seeker = createPictureSeeker({
    ask: past.ask,
    elapsedMs: () => performance.now(),
    onPicture: (_, atS) => shown.push(atS),
    onFailure: (error) => failures.push(error),
  })
})
afterEach(() => {
  seeker.stop()
  vi.useRealTimers()
})

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

describe('createPictureSeeker()', () => {
  test('asks one at a time, and of those that wait only the newest', async () => {
    for (const second of [1, 2, 3, 4]) seeker.seek(second)
    expect(asked.map(({ atS }) => atS)).toEqual([1])
    asked[0]?.answer()
    await settle()
    expect(asked.map(({ atS }) => atS)).toEqual([1, 4])
    asked[1]?.answer()
    await settle()
    expect(shown).toEqual([1, 4])
  })

  test('gives up an answer that takes long for a newer moment', async () => {
    seeker.seek(1)
    await vi.advanceTimersByTimeAsync(150)
    seeker.seek(2)
    await vi.advanceTimersByTimeAsync(60)
    expect(asked.map(({ atS, signal }) => [atS, signal.aborted])).toEqual([
      [1, true],
      [2, false],
    ])
    asked[1]?.answer()
    await settle()
    expect([shown, failures]).toEqual([[2], []])
  })

  test('tells of a failure only where nothing newer waits', async () => {
    seeker.seek(1)
    seeker.seek(2)
    asked[0]?.refuse(new Error('away'))
    await settle()
    expect(failures).toEqual([])
    asked[1]?.refuse(new Error('still away'))
    await settle()
    expect(failures).toHaveLength(1)
  })
})
