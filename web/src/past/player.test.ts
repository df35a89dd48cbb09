import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { readFigure } from '../data/live-row.ts'
import { createLiveStore, type LiveStore } from '../data/live-store.ts'
import { askByHand, type AskedPast } from '../testing/past-samples.ts'
import { Player } from './player.ts'

let asked: AskedPast[]
let store: LiveStore
let player: Player
let latestS: number
let isSeen: boolean
/** What the machine was busy with something else. */
let busyMs: number

beforeEach(() => {
  vi.useFakeTimers()
  latestS = 100_000
  isSeen = true
  busyMs = 0
  const past = askByHand()
  asked = past.asked
  store = createLiveStore({ schedule: (callback) => callback(), elapsedMs: () => 0 })
  player = new Player({
    store,
    ask: past.ask,
    atS: 1000,
    latestS: () => latestS,
    elapsedMs: () => performance.now() + busyMs,
    isSeen: () => isSeen,
  })
})
afterEach(() => {
  player.close()
  vi.useRealTimers()
})

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

async function answerAll(): Promise<void> {
  for (const question of asked) question.answer()
  await pass(0)
}

function cpu(): number | undefined {
  const row = store.rowOf('1'.padStart(64, '0'))
  return row && readFigure(row, 'cpu')
}

describe('seek()', () => {
  test('shows the picture of a moment, whose now it is', async () => {
    player.seek(500)
    expect(player.state()).toMatchObject({ kind: 'still', atMs: 500_000, isPictured: false })
    await answerAll()
    expect(player.state()).toMatchObject({ isPictured: true, kept: { resolutionS: 1 } })
    expect([cpu(), store.nowMs(), store.link().kind]).toEqual([500, 500_000, 'past'])
  })

  test('goes no further than the present', () => {
    player.seek(latestS + 50)
    expect(asked[0]?.atS).toBe(latestS)
    expect(player.state().kind).toBe('present')
    player.seek(latestS + 1)
    expect(player.state()).toMatchObject({ kind: 'still', atMs: latestS * 1000 })
  })

  test('does not take the picture of one moment for that of another', async () => {
    player.seek(500)
    player.seek(600)
    asked[0]?.answer()
    await pass(0)
    expect([cpu(), player.state().isPictured]).toEqual([500, false])
    await answerAll()
    expect([cpu(), player.state().isPictured]).toEqual([600, true])
  })

  test('says why a moment cannot be shown, and learns what is kept', async () => {
    player.seek(500)
    asked[0]?.refuse(new Error('nothing is kept of that time'))
    await pass(0)
    expect(player.state()).toMatchObject({
      kind: 'failed',
      isPictured: false,
      problem: 'nothing is kept of that time',
    })
    expect(asked[1]?.atS).toBe(latestS)
    asked[1]?.answer({ keptFromS: 900 })
    await pass(0)
    expect(player.state()).toMatchObject({ kind: 'failed', kept: { keptFromS: 900 } })
    player.seek(950)
    await answerAll()
    expect(player.state()).toMatchObject({ kind: 'still', isPictured: true, problem: '' })
  })
})

describe('play()', () => {
  test('waits for what comes next, and plays it by the clock', async () => {
    player.play()
    await pass(1000)
    expect(player.state()).toMatchObject({ kind: 'waiting', atMs: 1_000_000 })
    await answerAll()
    await pass(100)
    expect(player.state().kind).toBe('playing')
    await pass(5000)
    expect(player.state().atMs).toBe(1_005_000)
    expect([cpu(), store.nowMs()]).toEqual([1005, 1_005_000])
  })

  test('is ten and sixty times as fast, and asks for coarser steps then', async () => {
    player.setSpeed(60)
    player.play()
    expect(asked[0]).toMatchObject({ stepS: 6, seconds: 120 })
    await answerAll()
    await pass(1100)
    expect(player.state()).toMatchObject({ atMs: 1_060_000, pace: undefined })
    player.setSpeed(10)
    expect(asked.at(-1)).toMatchObject({ atS: 1060, stepS: 1 })
  })

  test('waits where the next reel is not there, and goes on with it', async () => {
    player.play()
    asked[0]?.answer()
    await pass(30_000)
    expect(player.state()).toMatchObject({ kind: 'waiting', atMs: 1_020_000 })
    expect(cpu()).toBe(1020)
    await answerAll()
    await pass(1100)
    expect(player.state()).toMatchObject({ kind: 'playing', atMs: 1_021_000 })
  })

  test('tells how fast it really plays where more does not come in time', async () => {
    player.setSpeed(60)
    player.play()
    await answerAll()
    await pass(8100)
    // Two minutes of the past came in eight seconds.
    expect(player.state()).toMatchObject({ kind: 'waiting', atMs: 1_120_000 })
    expect(player.state().pace).toBeLessThan(30)
    await answerAll()
    await pass(4200)
    expect(player.state().pace).toBeUndefined()
  })

  test('skips what a slow machine cannot show, and is as far as it should be', async () => {
    player.setSpeed(60)
    player.play()
    await answerAll()
    await pass(100)
    busyMs = 1400
    await pass(100)
    expect(player.state().atMs).toBe(1_090_000)
    expect(cpu()).toBe(1090)
  })

  test('goes on where it was when it is looked at again', async () => {
    player.play()
    await answerAll()
    await pass(2100)
    const { atMs } = player.state()
    isSeen = false
    await pass(60_000)
    expect(player.state()).toMatchObject({ kind: 'playing', atMs })
    isSeen = true
    await pass(1100)
    expect(player.state()).toMatchObject({ atMs: atMs + 1000, pace: undefined })
  })

  test('stops at the present', async () => {
    latestS = 1010
    player.play()
    await answerAll()
    await pass(12_000)
    expect(player.state()).toMatchObject({ kind: 'present', atMs: 1_010_000 })
    const questions = asked.length
    await pass(5000)
    expect(asked).toHaveLength(questions)
  })

  test('plays on from where it is led, and stands still when it is stopped', async () => {
    player.play()
    await answerAll()
    await pass(2000)
    player.seek(400)
    expect(player.state()).toMatchObject({ kind: 'waiting', atMs: 400_000, isPictured: false })
    await answerAll()
    await pass(1100)
    expect(player.state()).toMatchObject({ kind: 'playing', isPictured: true })
    player.pause()
    const { atMs } = player.state()
    await pass(5000)
    expect(player.state()).toMatchObject({ kind: 'still', atMs: Math.floor(atMs / 1000) * 1000 })
  })

  test('lets the time go on between readings that are far apart', async () => {
    player.play()
    asked[0]?.answer({ resolutionS: 60, stepS: 60, toS: 1060, events: [] })
    await pass(3100)
    expect(store.nowMs()).toBe(1_003_000)
  })

  test('fails with a reel that does not come', async () => {
    player.play()
    asked[0]?.refuse(new Error('the server cannot be reached'))
    await pass(0)
    expect(player.state()).toMatchObject({ kind: 'failed', isPictured: false })
  })
})
