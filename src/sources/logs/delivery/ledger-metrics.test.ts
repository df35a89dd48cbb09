import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogLedger } from '../../../model/log-ledger.ts'
import { logMetrics } from '../../../model/metric-catalogue/log-metrics.ts'
import { LedgerMetrics } from './ledger-metrics.ts'

const nothing: LogLedger = {
  kind: 'log-ledger',
  host: 'box-1',
  name: 'docker:abc',
  containerId: 'abc',
  containerName: 'web',
  timeMs: 10_000,
  way: 'file',
  writtenBytes: 0,
  readBytes: 0,
  readLines: 0,
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
const webTags = ['container_name:web']

function tell(metrics: LedgerMetrics, ...ledgers: LogLedger[]): Readonly<Record<string, number>> {
  const points = metrics.next(ledgers[0]?.timeMs ?? 0, ledgers)
  return Object.fromEntries(
    points.map(({ series, value }) => [series.metric.replace('vigie.logs.', ''), value]),
  )
}

const zeros = {
  bytes_read: 0,
  lines_read: 0,
  bytes_sent: 0,
  lines_sent: 0,
  lines_dropped: 0,
  lines_refused: 0,
  lines_truncated: 0,
  bytes_lost: 0,
  rotations: 0,
  lines_waiting: 0,
}

describe('LedgerMetrics', () => {
  test('tells growth a second since the ledger before, and what waits', () => {
    const metrics = new LedgerMetrics(() => webTags)
    assert.deepEqual(tell(metrics, { ...nothing, readBytes: 5000, waitingLines: 3 }), {
      ...zeros,
      lines_waiting: 3,
    })
    const later = {
      ...nothing,
      timeMs: 20_000,
      readBytes: 7000,
      readLines: 20,
      sentBytes: 1500,
      sentLines: 15,
      droppedLines: 4,
      refusedLines: 1,
      truncatedLines: 2,
      lostBytes: 100,
      rotations: 1,
    }
    assert.deepEqual(tell(metrics, later), {
      bytes_read: 200,
      lines_read: 2,
      bytes_sent: 150,
      lines_sent: 1.5,
      lines_dropped: 0.4,
      lines_refused: 0.1,
      lines_truncated: 0.2,
      bytes_lost: 10,
      rotations: 0.1,
      lines_waiting: 0,
    })
  })

  test('tells of what is quiet once, and again when something happens', () => {
    const metrics = new LedgerMetrics(() => webTags)
    const at = (timeMs: number, readBytes: number): object =>
      tell(metrics, { ...nothing, timeMs, readBytes })
    at(10_000, 0)
    assert.deepEqual(at(20_000, 0), zeros)
    assert.deepEqual(at(30_000, 0), {})
    assert.deepEqual(at(40_000, 0), {})
    assert.deepEqual(at(50_000, 100), { ...zeros, bytes_read: 10 })
  })

  test('gives the same series each time, until the tags change', () => {
    let tags = webTags
    const metrics = new LedgerMetrics(() => tags)
    const seriesAt = (timeMs: number): object | undefined =>
      metrics.next(timeMs, [{ ...nothing, timeMs, readBytes: timeMs }])[0]?.series
    const first = seriesAt(10_000)
    assert.equal(seriesAt(20_000), first)
    tags = ['container_name:web', 'env:prod']
    assert.deepEqual(seriesAt(30_000), { ...first, tags })
  })

  test('is due at once, then every ten seconds, also after the clock was set back', () => {
    const metrics = new LedgerMetrics(() => webTags)
    assert.equal(metrics.isDue(1000), true)
    tell(metrics, { ...nothing, timeMs: 1000 })
    assert.deepEqual(
      [10_999, 11_000, 500].map((timeMs) => metrics.isDue(timeMs)),
      [false, true, true],
    )
  })

  test('has a point for each metric of the catalogue', () => {
    const told = Object.keys(tell(new LedgerMetrics(() => webTags), nothing))
    assert.deepEqual(
      told.map((name) => `vigie.logs.${name}`),
      logMetrics.map(({ name }) => name),
    )
  })
})
