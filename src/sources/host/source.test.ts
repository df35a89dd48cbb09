import assert from 'node:assert/strict'
import { cpSync, mkdtempDisposableSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeEnvironment, makeSourceContext } from '../../../test/agent/environment.ts'
import type { Batch } from '../../model/item.ts'
import type { Point } from '../../model/series.ts'
import host from './source.ts'

const folder = fileURLToPath(new URL('cases/', import.meta.url))
const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())

/** What the source makes of the second of two readings, ten seconds behind the first. */
async function readTwice(
  first: (procRoot: string) => void,
  second: (procRoot: string) => void,
): Promise<readonly Point[]> {
  using proc = mkdtempDisposableSync(join(tmpdir(), 'vigie-proc-'))
  let nowMs = 5000
  let clockMs = 0
  const batches: Batch[] = []
  const stop = new AbortController()
  const clock = mock.method(performance, 'now', () => nowMs)
  first(proc.path)
  try {
    await host.run(
      { interval: 5 },
      makeSourceContext({
        signal: stop.signal,
        clock: () => (clockMs += 3),
        environment: makeEnvironment({ procRoot: proc.path }),
        emit: async (batch) => {
          if (batches.push(batch) === 2) stop.abort()
          second(proc.path)
          nowMs += 10_000
        },
      }),
    )
  } finally {
    clock.mock.restore()
  }
  return (batches[1] ?? []).flatMap((item) => (item.kind === 'point' ? [item] : []))
}

function copyOf(name: string, reading: 'first' | 'second'): (procRoot: string) => void {
  return (procRoot) => cpSync(join(folder, name, 'input', reading), procRoot, { recursive: true })
}

function list(points: readonly Point[]): readonly string[] {
  return points
    .map(
      ({ series, value }) =>
        `${[series.metric, ...series.tags].join(' ')} = ${Number(value.toFixed(6))}`,
    )
    .toSorted()
}

describe('the source host', { timeout: 60_000 }, () => {
  for (const name of names) {
    test(`makes of the recorded tree ${name} what is expected`, async (t) => {
      const points = await readTwice(copyOf(name, 'first'), copyOf(name, 'second'))
      t.assert.fileSnapshot(list(points), join(folder, name, 'expected.json'), {
        serializers: [(value) => `${JSON.stringify(value, null, 2)}\n`],
      })
    })

    test(`shares all time of ${name} out among what the CPUs did`, async () => {
      const points = await readTwice(copyOf(name, 'first'), copyOf(name, 'second'))
      const shares = points.filter(({ series }) => series.metric.startsWith('system.cpu.'))
      assert.equal(shares.length, 5)
      const sum = shares.reduce((total, { value }) => total + value, 0)
      assert.ok(Math.abs(sum - 100) < 1e-9, `the sum is ${sum}`)
    })

    test(`has each series of ${name} once`, async () => {
      const points = await readTwice(copyOf(name, 'first'), copyOf(name, 'second'))
      assert.equal(new Set(points.map(({ series }) => series)).size, points.length)
    })

    for (const [file, metrics] of [
      ['loadavg', /^system\.load/],
      ['meminfo', /^system\.mem/],
      ['stat', /^system\.cpu/],
      ['uptime', /^system\.uptime/],
      ['diskstats', /^system\.io/],
      ['1', /^system\.net/],
    ] as const) {
      test(`has no point, not a zero, where ${name} lacks ${file}`, async () => {
        const without = (procRoot: string): void => {
          copyOf(name, 'second')(procRoot)
          rmSync(join(procRoot, file), { recursive: true })
        }
        const points = await readTwice(copyOf(name, 'first'), without)
        assert.ok(points.length > 5)
        for (const { series } of points) assert.doesNotMatch(series.metric, metrics)
      })
    }
  }

  test('has no rate for a counter that went back', async () => {
    const points = await readTwice(copyOf('debian-vm', 'second'), copyOf('debian-vm', 'first'))
    for (const { series, value } of points) assert.ok(value >= 0, series.metric)
  })
})
