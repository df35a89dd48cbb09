import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogLedger } from '../../model/log-ledger.ts'
import { LedgerTeller } from './ledger-teller.ts'

function makeLedger(name: string, readLines: number, timeMs: number): LogLedger {
  return {
    kind: 'log-ledger',
    host: 'box-1',
    name,
    containerId: '',
    containerName: '',
    timeMs,
    way: 'file',
    writtenBytes: 0,
    readBytes: 0,
    readLines,
    sentBytes: 0,
    sentLines: 0,
    droppedLines: 0,
    refusedLines: 0,
    truncatedLines: 0,
    lostBytes: 0,
    rotations: 0,
    waitingLines: 0,
    unansweredLines: 0,
  }
}

describe('LedgerTeller', () => {
  test('tells all at first, then what has changed, and all again after a minute', () => {
    const lines = new Map([
      ['a', 1],
      ['b', 1],
    ])
    const teller = new LedgerTeller(
      { ledgers: (timeMs) => [...lines].map(([name, count]) => makeLedger(name, count, timeMs)) },
      () => [],
    )
    const names = (timeMs: number): readonly string[] =>
      teller.take(timeMs).flatMap((item) => (item.kind === 'log-ledger' ? [item.name] : []))
    assert.deepEqual(names(0), ['a', 'b'])
    assert.deepEqual(names(2000), [])
    lines.set('b', 2)
    assert.deepEqual(names(3000), [], 'not yet due')
    assert.deepEqual(names(4000), ['b'])
    assert.deepEqual(names(60_000), ['a', 'b'])
    lines.set('a', 2)
    assert.deepEqual(
      teller.takeAll(60_001).map(({ name }) => name),
      ['a'],
    )
  })

  test('tells metrics every ten seconds, of what was over in between too', () => {
    const lists = [[makeLedger('short', 3, 0)], [makeLedger('long', 1, 2000)], []]
    const teller = new LedgerTeller({ ledgers: () => lists.shift() ?? [] }, ({ name }) => [
      `log:${name}`,
    ])
    const logs = (timeMs: number): readonly string[] => [
      ...new Set(
        teller.take(timeMs).flatMap((item) => (item.kind === 'point' ? item.series.tags : [])),
      ),
    ]
    assert.deepEqual(logs(0), ['log:short'])
    assert.deepEqual(logs(2000), [])
    assert.deepEqual(logs(10_000), ['log:long'])
  })
})
