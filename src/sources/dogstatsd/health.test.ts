import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dogstatsdDefaults } from '../../../test/agent/dogstatsd-settings.ts'
import { Counters } from './counters.ts'
import { DogstatsdHealth, type Judged } from './health.ts'
import type { ListenState } from './listen/open-listeners.ts'
import type { ReceiverState } from './receive/receiver.ts'

const udp: ListenState = { transport: 'udp', address: '127.0.0.1:8125', isOpen: true }
const uds: ListenState = { transport: 'uds', address: '/run/dsd.socket', isOpen: true }
const idle: ReceiverState = {
  way: 'recvmmsg',
  reason: '',
  isAwake: false,
  sockets: [udp],
  warnings: [],
}

function open(): {
  health: DogstatsdHealth
  counters: Counters
  at: (s: number, change?: Partial<Judged>) => Judged
} {
  const counters = new Counters()
  const health = new DogstatsdHealth(
    { ...dogstatsdDefaults, limits: { ...dogstatsdDefaults.limits, contexts: 100_000 } },
    counters,
  )
  const at = (second: number, change: Partial<Judged> = {}): Judged => {
    return {
      receiver: idle,
      workerFault: undefined,
      losses: [],
      offenders: [],
      timeMs: second * 1000,
      ...change,
    }
  }
  return { health, counters, at }
}

describe('DogstatsdHealth', () => {
  test('is well where nothing is missing, and says how it works', () => {
    const { health, counters, at } = open()
    const first = health.judge(at(0))
    assert.deepEqual([first.state, first.message], ['running', ''])
    assert.deepEqual(first.notes, [
      'receiving: many packets at a time, by the C library; no thread runs while nobody sends',
      'listening: UDP 127.0.0.1:8125',
      'load: 0 samples a second, 0 of 100,000 contexts',
    ])
    counters.add('samples', 24_690)
    counters.set('contexts', 1204)
    const receiver: ReceiverState = {
      ...idle,
      way: 'node',
      reason: 'koffi is missing',
      isAwake: true,
      sockets: [udp, uds],
    }
    assert.deepEqual(health.judge(at(2, { receiver })).notes, [
      'receiving: one packet at a time and without the processes that sent them, since koffi is missing',
      'listening: UDP 127.0.0.1:8125, Unix datagrams at /run/dsd.socket',
      'load: 12,345 samples a second, 1,204 of 100,000 contexts',
    ])
  })

  test('is degraded where a socket that is asked for is not there', () => {
    const { health, at } = open()
    const problem = { sentence: 'Cannot listen on UDP 127.0.0.1:8125: taken', isExpected: false }
    const sockets = [{ ...udp, isOpen: false, problem }]
    const { state, message, notes } = health.judge(at(0, { receiver: { ...idle, sockets } }))
    assert.deepEqual([state, message], ['degraded', problem.sentence])
    assert.ok(notes.includes('listening: nowhere'))
  })

  test('only notes that the default socket cannot be made', () => {
    const { health, at } = open()
    const problem = { sentence: 'Cannot make the socket /x', isExpected: true }
    const sockets = [udp, { ...uds, isOpen: false, problem }]
    const { state, notes } = health.judge(at(0, { receiver: { ...idle, sockets } }))
    assert.equal(state, 'running')
    assert.ok(notes.includes('not listening: Cannot make the socket /x'))
  })

  test('is degraded for a minute after contexts found no room, and names the worst metrics', () => {
    const { health, at } = open()
    const offenders = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => {
      return { name, contexts: 50_000, dropped: 7 }
    })
    const losses = [{ reason: 'contexts_full', total: 1234, added: 34 }]
    const lossy = health.judge(at(5, { losses, offenders }))
    assert.equal(lossy.state, 'degraded')
    assert.match(
      lossy.message,
      /max_contexts.*; most contexts: a \(50,000, 7 samples dropped\), .*, e \([^)]*\)$/,
    )
    assert.ok(lossy.notes.includes('lost since the start: 1,234 contexts_full'))
    const old = [{ reason: 'contexts_full', total: 1234, added: 0 }]
    assert.equal(health.judge(at(64, { losses: old })).state, 'degraded')
    const later = health.judge(at(65, { losses: old }))
    assert.equal(later.state, 'running')
    assert.ok(later.notes.includes('lost since the start: 1,234 contexts_full'))
  })

  test('is not degraded by clients that send what cannot be read', () => {
    const { health, at } = open()
    const losses = [{ reason: 'bad_metric', total: 3, added: 3 }]
    const { state, notes } = health.judge(at(0, { losses }))
    assert.equal(state, 'running')
    assert.ok(notes.includes('lost since the start: 3 bad_metric'))
  })

  test('passes on what the receiver warns of, but not twice', () => {
    const { health, at } = open()
    const problem = { sentence: 'Cannot listen', isExpected: false }
    const sockets = [{ ...udp, isOpen: false, problem }]
    const warnings = ['Cannot listen', 'The queue is short']
    const { message, notes } = health.judge(at(0, { receiver: { ...idle, sockets, warnings } }))
    assert.equal(message, 'Cannot listen')
    assert.equal(notes.at(-1), 'warning: The queue is short')
    assert.ok(notes.every((note) => !note.includes('Cannot listen')))
  })

  test('is degraded while the worker has failed', () => {
    const { health, at } = open()
    const { state, message } = health.judge(at(0, { workerFault: 'It has failed' }))
    assert.deepEqual([state, message], ['degraded', 'It has failed'])
  })

  test('says how many packets were copied to another server, and how many could not be', () => {
    const counters = new Counters()
    const forwardTo = { host: 'relay.example', port: 8125 }
    const health = new DogstatsdHealth({ ...dogstatsdDefaults, forwardTo }, counters)
    counters.add('forward.packets', 12_000)
    counters.add('forward.failed', 3)
    const { notes } = health.judge(open().at(0))
    assert.ok(
      notes.includes('copying to relay.example:8125: 12,000 packets, 3 failed'),
      notes.join(),
    )
  })
})
