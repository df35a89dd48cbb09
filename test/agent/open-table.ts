import { mock, type TestContext } from 'node:test'
import { findHierarchy } from '../../src/cgroup/hierarchy.ts'
import type { Point } from '../../src/model/series.ts'
import { ContainerTable, type TableOptions } from '../../src/sources/docker/container-table.ts'
import { makeTags } from '../../src/sources/docker/identity/container-tags.ts'
import { FakeHost } from './fake-host.ts'

/** A moment of the wall clock. */
export const timeMs = 1_795_000_100_000

/** A table on a host in a temporary folder. */
export interface Opened extends Disposable {
  readonly host: FakeHost
  readonly table: ContainerTable
  readonly budget: { left: number }
}

export interface OpenOptions {
  readonly version?: 'v1' | 'v2'
  readonly openFiles?: number
  readonly isEngineLocal?: boolean
  readonly isWatched?: TableOptions['isWatched']
  readonly watchedFromMs?: number
}

/** Without room for open files, unless told otherwise: then a file taken away is gone. */
export function open(options: OpenOptions = {}): Opened {
  const host = new FakeHost(options.version ?? 'v2')
  const budget = { left: options.openFiles ?? 0 }
  const table = new ContainerTable({
    watchedFromMs: options.watchedFromMs ?? Number.POSITIVE_INFINITY,
    host: 'box-1',
    procRoot: host.procRoot,
    hierarchy: findHierarchy(host.cgroupRoot),
    budget,
    hostCpuCount: 4,
    intervalS: 1,
    slowIntervalMs: 15_000,
    engineIntervalS: 10,
    cappedMetrics: {},
    isEngineLocal: options.isEngineLocal ?? true,
    makeTags,
    isWatched: options.isWatched ?? (() => true),
  })
  return {
    host,
    table,
    budget,
    [Symbol.dispose]() {
      table.close()
      host[Symbol.dispose]()
    },
  }
}

/** A monotonic clock that stands still until it is moved. */
export function stopClock(t: TestContext): { moveMs: (ms: number) => void } {
  let nowMs = 1000
  mock.method(performance, 'now', () => nowMs)
  t.after(() => mock.restoreAll())
  return {
    moveMs: (ms) => {
      nowMs += ms
    },
  }
}

/** The first point of a metric. */
export function valueOf(points: readonly Point[], metric: string): number | undefined {
  return points.find(({ series }) => series.metric === metric)?.value
}
