import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { RequestError } from '../data/request.ts'
import { askByHand, samplePast, type AskedPast } from '../testing/past-samples.ts'
import { openReelBuffer, type Frame, type ReelBuffer } from './reel-buffer.ts'

let asked: AskedPast[]
let failures: unknown[]
let latestS: number

beforeEach(() => {
  vi.useFakeTimers()
  failures = []
  latestS = 10_000
})
afterEach(() => void vi.useRealTimers())

function open(fromS: number, stepS = 1): ReelBuffer {
  const past = askByHand()
  asked = past.asked
  return openReelBuffer({
    ask: past.ask,
    fromS,
    stepS,
    resolutionS: 1,
    latestS: () => latestS,
    onFailure: (error) => failures.push(error),
  })
}

async function answer(place: number, different = {}): Promise<void> {
  asked[place]?.answer(different)
  await vi.advanceTimersByTimeAsync(0)
}

function told(frames: readonly Frame[]): readonly string[] {
  return frames.map((frame) => {
    if (frame.kind === 'begin') return `begin ${frame.reel.fromS}`
    const { event } = frame
    return event.kind === 'containers' ? 'containers' : `${event.kind} ${event.data.time / 1000}`
  })
}

describe('openReelBuffer()', () => {
  test('keeps two reels ahead, each beginning where the one before ends, the first ones short', async () => {
    const buffer = open(100)
    await answer(0)
    await answer(1)
    buffer.take(100_000)
    await answer(2)
    expect(asked.map(({ atS, seconds }) => [atS, seconds])).toEqual([
      [100, 20],
      [120, 40],
      [160, 60],
    ])
    expect(buffer.bufferedToMs()).toBe(220_000)
  })

  test('gives each change once when it is due, and the picture of the next reel in time', async () => {
    const buffer = open(100)
    await answer(0)
    await answer(1)
    expect(told(buffer.take(102_500))).toEqual(['begin 100', 'tick 101', 'tick 102'])
    expect(told(buffer.take(103_000))).toEqual(['tick 103'])
    expect(told(buffer.take(121_000)).slice(-3)).toEqual(['tick 120', 'begin 120', 'tick 121'])
  })

  test('gives a change of containers with what follows it', async () => {
    const buffer = open(100)
    const { events } = samplePast({ atS: 100, seconds: 2, stepS: 1 })
    const change = { kind: 'containers', data: { changed: [], removedKeys: [1] } } as const
    await answer(0, { events: [events[0], change, events[1]], toS: 102 })
    expect(told(buffer.take(101_000))).toEqual(['begin 100', 'tick 101'])
    expect(told(buffer.take(102_000))).toEqual(['containers', 'tick 102'])
  })

  test('is at the present when nothing more can be asked for, until time has gone on', async () => {
    latestS = 110
    const buffer = open(100)
    await answer(0)
    buffer.take(110_000)
    expect(asked.map(({ seconds }) => seconds)).toEqual([10])
    expect(buffer.isAtPresent()).toBe(true)
    latestS = 115
    expect(buffer.isAtPresent()).toBe(false)
    buffer.take(110_000)
    expect(asked.at(-1)).toMatchObject({ atS: 110, seconds: 5 })
  })

  test('asks for longer where the past is kept coarser than what is wanted', async () => {
    const buffer = open(3600)
    await answer(0, { resolutionS: 60, stepS: 60, toS: 3660, events: [] })
    expect(asked[1]).toMatchObject({ atS: 3660, seconds: 600 })
    buffer.close()
  })

  test('goes on behind an answer that leads nowhere', async () => {
    open(100)
    await answer(0, { toS: 100, events: [] })
    expect(asked.map(({ atS }) => atS)).toEqual([100, 101])
  })

  test('shows what is there while the server cannot be reached, and asks until it is back', async () => {
    const buffer = open(100)
    await answer(0)
    asked[1]?.refuse(new RequestError(0, 'the server cannot be reached'))
    await vi.advanceTimersByTimeAsync(0)
    expect(told(buffer.take(101_000))).toEqual(['begin 100', 'tick 101'])
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked[2]).toMatchObject({ atS: 120 })
    await answer(2)
    expect([buffer.bufferedToMs(), failures]).toEqual([160_000, []])
    asked[3]?.refuse(new RequestError(503, 'busy'))
    await vi.advanceTimersByTimeAsync(0)
    buffer.close()
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toHaveLength(4)
  })

  test('tells of a failure once and asks no more; nothing after it was closed', async () => {
    const buffer = open(100)
    asked[0]?.refuse(new Error('away'))
    await vi.advanceTimersByTimeAsync(0)
    buffer.take(100_000)
    expect([failures.length, asked.length]).toEqual([1, 1])
    const other = open(100)
    other.close()
    await vi.advanceTimersByTimeAsync(0)
    expect(failures).toHaveLength(1)
  })
})
