import { describe, expect, test, vi } from 'vitest'

import { sampleAgent, sampleContainer, sampleNowMs, sampleStore } from '../testing/samples.ts'
import { readFigure, staleForMs, type LiveRow } from './live-row.ts'
import { createLiveStore, type LiveStore } from './live-store.ts'
import { readSecond } from './second-ring.ts'

const nowS = sampleNowMs / 1000

function rowIn(store: LiveStore, key: number): LiveRow {
  const row = store.rows().get(key)
  if (row === undefined) throw new Error(`No row has the key ${key}`)
  return row
}

function tick(store: LiveStore, secondsLater: number, rows: (number | null)[][]): void {
  store.apply({ kind: 'tick', data: { time: sampleNowMs + secondsLater * 1000, rows } })
}

/** A tick's row: the key, CPU, and memory in its place. */
function figures(key: number, cpu: number | null, memory: number | null): (number | null)[] {
  return [key, cpu, null, null, null, memory, null, null, null, null, null, null, null]
}

describe('createLiveStore()', () => {
  test('is not filled before its first snapshot, so that empty is not taken for none', () => {
    const store = createLiveStore({ schedule: () => {}, elapsedMs: () => 0 })
    expect(store.isFilled()).toBe(false)
    store.apply({
      kind: 'snapshot',
      data: { time: 1, serverId: 'a', containers: [], agents: [] },
    })
    expect(store.isFilled()).toBe(true)
  })

  test('starts with the figures and spark lines of the snapshot', () => {
    const spark = { cpu: [1, null, 3], memory: [10, 20, 30] }
    const store = sampleStore([sampleContainer({ figures: { cpu: 3, memory: 30 }, spark })], [])
    const row = rowIn(store, 1)
    expect(readFigure(row, 'cpu')).toBe(3)
    expect(readFigure(row, 'netRcvd')).toBeUndefined()
    expect(readSecond(row.cpu, nowS)).toBe(3)
    expect(readSecond(row.cpu, nowS - 1)).toBeNaN()
    expect(readSecond(row.memory, nowS - 2)).toBe(10)
  })

  test('takes the figures of a tick, null where nothing was read', () => {
    const store = sampleStore([sampleContainer({ figures: { cpu: 3, memory: 30 } })], [])
    tick(store, 1, [figures(1, 4.5, null)])
    const row = rowIn(store, 1)
    expect(readFigure(row, 'cpu')).toBe(4.5)
    expect(readFigure(row, 'memory')).toBeUndefined()
    expect(row.readAtMs).toBe(sampleNowMs + 1000)
  })

  test('reads [key] alone as: read again, all as before', () => {
    const store = sampleStore([sampleContainer({ figures: { cpu: 3, memory: 30 } })], [])
    tick(store, 1, [[1]])
    const row = rowIn(store, 1)
    expect(readFigure(row, 'cpu')).toBe(3)
    expect(readSecond(row.cpu, nowS + 1)).toBe(3)
    expect(row.readAtMs).toBe(sampleNowMs + 1000)
  })

  test('does not call figures old that the engine gives every ten seconds', () => {
    const store = sampleStore([sampleContainer({ figuresFrom: 'engine' })], [])
    const row = rowIn(store, 1)
    tick(store, 12, [])
    expect(staleForMs(row, store.nowMs())).toBeUndefined()
    tick(store, 13, [])
    expect(staleForMs(row, store.nowMs())).toBe(13_000)
  })

  test('leaves a gap where a container was missing from ticks, and calls its figures old after three seconds', () => {
    const store = sampleStore(
      [sampleContainer({ figures: { cpu: 3 }, spark: { cpu: [3], memory: [] } })],
      [],
    )
    const row = rowIn(store, 1)
    for (const second of [1, 2, 3]) tick(store, second, [])
    expect(staleForMs(row, store.nowMs())).toBeUndefined()
    tick(store, 4, [])
    expect(staleForMs(row, store.nowMs())).toBe(4000)
    tick(store, 5, [figures(1, 7, null)])
    expect(staleForMs(row, store.nowMs())).toBeUndefined()
    expect([0, 1, 4, 5].map((second) => readSecond(row.cpu, nowS + second))).toEqual([
      3,
      Number.NaN,
      Number.NaN,
      7,
    ])
  })

  test('passes over a key that it does not know yet', () => {
    const store = sampleStore([sampleContainer()], [])
    tick(store, 1, [figures(99, 1, 1), figures(1, 2, 2)])
    expect(readFigure(rowIn(store, 1), 'cpu')).toBe(2)
    expect(store.rows().size).toBe(1)
  })

  test('adds, changes and removes containers, and keeps the figures of those that changed', () => {
    const store = sampleStore([sampleContainer({ key: 1 }), sampleContainer({ key: 2 })], [])
    tick(store, 1, [figures(1, 8, 80)])
    const before = rowIn(store, 1)
    store.apply({
      kind: 'containers',
      data: {
        changed: [sampleContainer({ key: 1, health: 'unhealthy' }), sampleContainer({ key: 3 })],
        removedKeys: [2],
      },
    })
    expect([...store.rows().keys()]).toEqual([1, 3])
    expect(rowIn(store, 1)).toBe(before)
    expect(before.container.health).toBe('unhealthy')
    expect(readFigure(before, 'cpu')).toBe(8)
  })
})

describe('a live store over time', () => {
  test('forgets everything at a new snapshot, as keys start anew with the server', () => {
    const store = sampleStore([sampleContainer({ key: 1, name: 'old' })], [])
    store.apply({
      kind: 'snapshot',
      data: {
        time: sampleNowMs - 5000,
        serverId: 'second',
        containers: [sampleContainer({ key: 1, name: 'new' })],
        agents: [sampleAgent()],
      },
    })
    expect(rowIn(store, 1).container.name).toBe('new')
    expect(store.nowMs()).toBe(sampleNowMs - 5000)
    expect(store.agents()).toHaveLength(1)
  })

  test('hands out the same rows while only figures change', () => {
    const store = sampleStore([sampleContainer()], [])
    const rows = store.rows()
    tick(store, 1, [figures(1, 1, 1)])
    expect(store.rows()).toBe(rows)
    store.apply({ kind: 'containers', data: { changed: [sampleContainer()], removedKeys: [] } })
    expect(store.rows()).not.toBe(rows)
  })

  test('tells its listeners once a frame, whatever came', () => {
    const frames: (() => void)[] = []
    const store = createLiveStore({ schedule: (frame) => frames.push(frame), elapsedMs: () => 0 })
    const heard = vi.fn()
    store.onBeat(heard)
    tick(store, 1, [])
    tick(store, 2, [])
    store.apply({ kind: 'agents', data: { time: sampleNowMs, agents: [] } })
    expect(frames).toHaveLength(1)
    frames[0]?.()
    expect(heard).toHaveBeenCalledTimes(1)
    tick(store, 3, [])
    expect(frames).toHaveLength(2)
  })

  test('keeps the readings of a followed container, across a restart of the server, until told to end', () => {
    const store = sampleStore([sampleContainer({ key: 1 })], [])
    const { trail, begin, end } = store.follow(sampleContainer({ key: 1 }).id)
    begin()
    tick(store, 1, [figures(1, 1, null)])
    store.apply({
      kind: 'snapshot',
      data: {
        time: sampleNowMs + 2000,
        serverId: 'second',
        containers: [{ ...sampleContainer({ key: 1 }), key: 7 }],
        agents: [],
      },
    })
    tick(store, 3, [figures(7, 2, null)])
    tick(store, 3, [figures(7, 99, null)])
    end()
    tick(store, 4, [figures(7, 3, null)])
    expect(trail.seconds).toEqual([nowS + 1, nowS + 3])
    expect(trail.rows.map((row) => row[1])).toEqual([1, 2])
  })

  test('lets its clock run between events, and stand still while paused', () => {
    let elapsedMs = 0
    const store = createLiveStore({ schedule: (frame) => frame(), elapsedMs: () => elapsedMs })
    store.apply({
      kind: 'snapshot',
      data: { time: sampleNowMs, serverId: 'a', containers: [], agents: [] },
    })
    store.setLink({ kind: 'live' })
    elapsedMs = 1500
    expect(store.nowMs()).toBe(sampleNowMs + 1500)
    store.setLink({ kind: 'paused', sinceMs: 0 })
    expect(store.nowMs()).toBe(sampleNowMs)
  })
})
