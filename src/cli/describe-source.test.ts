import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeSource } from './describe-source.ts'

const nowMs = Date.UTC(2026, 10, 20, 18, 30, 34)
const none = { count: 0, newest: [] }

describe('describeSource()', () => {
  test('tells what a source has done, but not of kinds of items that it never hands on', () => {
    const lines = describeSource(
      {
        name: 'docker',
        state: 'degraded',
        message: 'No container engine at unix:///x',
        restarts: 2,
        lastRunAt: nowMs - 400,
        work: {
          runs: 1204,
          lastRunMs: 12.34,
          averageRunMs: 1100,
          lastRun: { points: 412, sketches: 7, events: 0, serviceChecks: 1, containerTotals: 0 },
          total: {
            points: 495_812,
            sketches: 9,
            events: 14,
            serviceChecks: 82,
            containerTotals: 0,
          },
          warnings: {
            count: 4,
            newest: [
              { message: 'No container engine at unix:///x', count: 3, lastAt: nowMs - 400 },
              { message: 'It was slow', count: 1, lastAt: nowMs - 3_600_000 },
            ],
          },
          errors: none,
          notes: ['figures: 2 containers from cgroup v2'],
        },
      },
      nowMs,
    )
    assert.deepEqual(lines, [
      'docker: degraded, started again 2 times',
      '  No container engine at unix:///x',
      '  figures: 2 containers from cgroup v2',
      '  last run          2026-11-20 18:30:33 UTC, 0.4 s ago',
      '  runs              1,204; the last took 12.3 ms, on average 1.10 s',
      '                          last run         total',
      '  samples                      412       495,812',
      '  distributions                  7             9',
      '  events                         0            14',
      '  service checks                 1            82',
      '  warnings          4',
      '    3 times, last 0.4 s ago: No container engine at unix:///x',
      '    once, last 60 min ago: It was slow',
      '  errors            none',
    ])
  })

  test('tells of the source of an older agent what that knows', () => {
    const source = { name: 'host', state: 'running', message: '', restarts: 0 } as const
    assert.deepEqual(describeSource({ ...source, lastRunAt: null }, nowMs), [
      'host: running',
      '  last run          never',
    ])
    assert.deepEqual(describeSource({ ...source, lastRunAt: nowMs + 2000 }, nowMs), [
      'host: running',
      '  last run          2026-11-20 18:30:36 UTC, 0.0 s ago',
    ])
  })
})
