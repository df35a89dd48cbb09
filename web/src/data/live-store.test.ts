import { describe, expect, test, vi } from 'vitest'

import {
  sampleAgent,
  sampleContainer,
  sampleLiveAgents,
  sampleNowMs,
  sampleStore,
} from '../testing/samples.ts'
import { readFigure, staleForMs, type LiveRow } from './live-row.ts'
import { createLiveStore, type LiveStore } from './live-store.ts'
import { readSecond } from './second-ring.ts'

const nowS = sampleNowMs / 1000
const noNews = { changed: [], rows: [], removedKeys: [] }

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

  test('in the past, holds a reading for the seconds it stands for, and calls it old only after them', () => {
    const store = createLiveStore({ schedule: (callback) => callback(), elapsedMs: () => 50_000 })
    store.setLink({ kind: 'past', stepS: 10 })
    const containers = [sampleContainer({ figures: { cpu: 1 }, spark: { cpu: [1], memory: [] } })]
    store.apply({
      kind: 'snapshot',
      data: { time: sampleNowMs, serverId: 'first', containers, agents: [] },
    })
    const row = rowIn(store, 1)
    tick(store, 10, [figures(1, 5, null)])
    expect([0, 1, 10].map((second) => readSecond(row.cpu, nowS + second))).toEqual([1, 5, 5])
    tick(store, 22, [])
    expect(store.nowMs()).toBe(sampleNowMs + 22_000)
    expect(staleForMs(row, store.nowMs())).toBeUndefined()
    tick(store, 23, [])
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
        agents: sampleLiveAgents([sampleAgent()]),
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
    store.apply({ kind: 'agents', data: { time: sampleNowMs, ...noNews } })
    expect(frames).toHaveLength(1)
    frames[0]?.()
    expect(heard).toHaveBeenCalledTimes(1)
    tick(store, 3, [])
    expect(frames).toHaveLength(2)
  })

  test('says at once that the stream is lost, with all before it, though no frame comes in a hidden page', () => {
    const store = createLiveStore({ schedule: () => {}, elapsedMs: () => 0 })
    const heard: string[] = []
    store.onRows(() => heard.push('rows'))
    store.onBeat(() => heard.push('beat'))
    store.onLink(() => heard.push(store.link().kind))
    const snapshot = { time: 1, serverId: 'a', containers: [], agents: [] }
    store.apply({ kind: 'snapshot', data: snapshot })
    store.setLink({ kind: 'live' })
    expect(heard).toEqual(['rows', 'beat', 'live'])
    tick(store, 1, [])
    store.setLink({ kind: 'lost', sinceMs: 0, retryAtMs: 0 })
    expect(heard.slice(3)).toEqual(['beat', 'lost'])
  })

  test('tells since when something was told late: at any time, where a snapshot hides what came before it', () => {
    const store = createLiveStore({ schedule: () => {}, elapsedMs: () => 0 })
    const heard = vi.fn()
    store.onLate(heard)
    const snapshot = { time: sampleNowMs, serverId: 'a', containers: [], agents: [] }
    store.apply({ kind: 'snapshot', data: snapshot })
    store.apply({ kind: 'late', data: { fromMs: 5000 } })
    store.setLink({ kind: 'past', stepS: 1 })
    store.apply({ kind: 'snapshot', data: snapshot })
    expect(heard.mock.calls).toEqual([[0], [5000]])
    expect(store.nowMs()).toBe(sampleNowMs)
  })

  test('knows what the server takes from its snapshot on, and no longer in a moment of the past', () => {
    const store = createLiveStore({ schedule: () => {}, elapsedMs: () => 0 })
    expect(store.server()).toBeUndefined()
    const snapshot = { time: 1, serverId: 'a', containers: [], agents: [] }
    const [early, late] = [
      { cpuRatio: 0.01, rssBytes: 1 },
      { cpuRatio: 0.02, rssBytes: 2 },
    ]
    store.apply({ kind: 'snapshot', data: { ...snapshot, server: early } })
    expect(store.server()).toEqual(early)
    store.apply({ kind: 'agents', data: { time: 2, ...noNews, server: late } })
    expect(store.server()).toEqual(late)
    store.apply({ kind: 'snapshot', data: snapshot })
    expect(store.server()).toBeUndefined()
  })

  test('takes the figures of agents each second, and agents that come, change and go', () => {
    const store = sampleStore([], [sampleAgent({ id: 'a' }), sampleAgent({ id: 'b' })])
    const [, other] = store.agents()
    const time = sampleNowMs + 1000
    const rows = [[1, time, 20, 0.03, 5, 12.5, null, null, null, null, null, null, null]]
    store.apply({ kind: 'agents', data: { time, ...noNews, rows } })
    const [first] = store.agents()
    expect(first).toMatchObject({ id: 'a', reportedAt: time, lagMs: 20, cpuRatio: 0.03 })
    expect(first?.figures).toEqual({ cpu: 12.5 })
    expect(store.agents()[1]).toBe(other)
    const changed = [{ key: 3, ...sampleAgent({ id: 'c', host: 'A' }) }]
    store.apply({ kind: 'agents', data: { time, changed, rows: [], removedKeys: [2] } })
    expect(store.agents().map(({ id }) => id)).toEqual(['c', 'a'])
    expect(store.agents()[1]).toBe(first)
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
