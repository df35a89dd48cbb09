import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ProcessList } from '../model/process-list.ts'
import { LiveProcesses } from './live-processes.ts'

const startMs = 1_790_000_000_000

function open(): { readonly live: LiveProcesses; readonly clock: { nowMs: number } } {
  const clock = { nowMs: startMs }
  return { live: new LiveProcesses(() => clock.nowMs), clock }
}

function listOf(containerId: string, change: Partial<ProcessList> = {}): ProcessList {
  const process = { pid: 7, parentPid: 1, command: 'sh', state: 'S' }
  const common = { kind: 'process-list', host: 'box-1', timeMs: startMs, count: 1 } as const
  return { ...common, containerId, processes: [process], ...change }
}

describe('LiveProcesses', () => {
  test('asks for a container from the first look until ten seconds after the last', () => {
    const { live, clock } = open()
    assert.deepEqual(live.watchedOn('box-1'), [])
    assert.equal(live.look('a', 'box-1'), undefined)
    assert.deepEqual(live.watchedOn('box-1'), ['a'])
    assert.deepEqual(live.watchedOn('box-2'), [])
    clock.nowMs += 10_000
    assert.deepEqual(live.watchedOn('box-1'), ['a'])
    clock.nowMs += 1
    assert.deepEqual(live.watchedOn('box-1'), [])
  })

  test('gives what was told last, for as long as it says something of now', () => {
    const { live, clock } = open()
    live.look('a', 'box-1')
    live.take(listOf('a'))
    assert.deepEqual(live.look('a', 'box-1'), listOf('a'))
    clock.nowMs += 8000
    assert.deepEqual(live.look('a', 'box-1'), listOf('a'))
    clock.nowMs += 8000
    assert.equal(live.look('a', 'box-1'), undefined)
  })

  test('keeps nothing that nobody asked for, nor what another host tells', () => {
    const { live } = open()
    live.take(listOf('a'))
    assert.equal(live.look('a', 'box-1'), undefined)
    live.take(listOf('a', { host: 'box-2' }))
    assert.equal(live.look('a', 'box-1'), undefined)
  })

  test('asks a host for the twenty that were looked at last', () => {
    const { live } = open()
    for (let at = 0; at < 25; at += 1) live.look(String(at), 'box-1')
    live.look('0', 'box-1')
    const watched = live.watchedOn('box-1')
    assert.equal(watched.length, 20)
    assert.deepEqual([watched.at(0), watched.at(-1)], ['6', '0'])
  })
})
