import { describe, expect, test } from 'vitest'

import { createPaintQueue } from './paint-queue.ts'

describe('createPaintQueue()', () => {
  test('spreads work over frames, does each piece once, and none that was taken back', () => {
    const frames: (() => void)[] = []
    const done: string[] = []
    let elapsedMs = 0
    const queue = createPaintQueue(
      (frame) => frames.push(frame),
      () => elapsedMs,
    )
    const work = (name: string) => (): void => {
      done.push(name)
      elapsedMs += 2
    }
    const [first, second, third, fourth] = [work('1'), work('2'), work('3'), work('4')]
    for (const paint of [first, second, third, fourth, first]) queue.add(paint)
    queue.remove(fourth)
    frames.shift()?.()
    expect(done).toEqual(['1', '2'])
    frames.shift()?.()
    expect(done).toEqual(['1', '2', '3'])
    expect(frames).toEqual([])
  })
})
