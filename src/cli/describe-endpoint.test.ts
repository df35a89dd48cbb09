import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EndpointRow } from '../api/contract/agents.ts'
import { describeEndpoint, isDelivering } from './describe-endpoint.ts'

const nowMs = Date.UTC(2026, 10, 20, 18, 30, 34)
const well: EndpointRow = {
  name: 'server',
  url: 'http://127.0.0.1:8127',
  state: 'delivering',
  message: '',
  waiting: 0,
  memoryBytes: 0,
  diskBytes: 0,
  delivered: 10,
  retried: 0,
  setAside: 0,
  dropped: 0,
  lastDeliveredAt: nowMs - 1000,
}

describe('describeEndpoint()', () => {
  test('tells what is well in one line', () => {
    assert.deepEqual(describeEndpoint(well, nowMs), [
      'server http://127.0.0.1:8127 delivering, none waiting, last delivered 1.0 s ago',
    ])
  })

  test('tells what waits, what is lost, and why', () => {
    const endpoint: EndpointRow = {
      ...well,
      state: 'retrying',
      message: 'It answered 503; tried again in 12 s',
      waiting: 1234,
      memoryBytes: 1.2 * 1024 * 1024,
      diskBytes: 0,
      setAside: 1,
      dropped: 2000,
      lastDeliveredAt: null,
    }
    assert.deepEqual(describeEndpoint(endpoint, nowMs), [
      'server http://127.0.0.1:8127 retrying, 1,234 waiting (1.2 MiB in memory, 0 B on disk), 1 set aside, 2,000 given up, nothing delivered yet',
      '  It answered 503; tried again in 12 s',
    ])
  })
})

describe('isDelivering()', () => {
  for (const [state, agoMs, expected] of [
    ['delivering', 3_600_000, true],
    ['idle', undefined, true],
    ['retrying', 59_000, true],
    ['retrying', 60_000, false],
    ['retrying', undefined, false],
    ['refusing', 0, false],
  ] as const) {
    test(`is ${expected} while ${state}, ${agoMs ?? 'never'} ms after the last time`, () => {
      const lastDeliveredAt = agoMs === undefined ? null : nowMs - agoMs
      assert.equal(isDelivering({ ...well, state, lastDeliveredAt }, nowMs), expected)
    })
  }
})
