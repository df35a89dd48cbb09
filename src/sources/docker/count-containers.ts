import type { Point } from '../../model/series.ts'
import type { ContainerTags } from './container-tags.ts'
import { SeriesSet } from '../../component/series-set.ts'

/** A container as far as counting goes. */
export interface Counted {
  readonly isRunning: boolean
  readonly tags: ContainerTags
}

/**
 * Counts containers as `docker.containers.{running,stopped}` by tag set and their `.total` without tags; a tag set that
 * no container has any more has no point. Keeps the series it has made.
 * @see docs/reference/metrics.md
 */
export function createCounter(
  host: string,
  intervalS: number,
): (all: Iterable<Counted>, timeMs: number) => Point[] {
  const series = new SeriesSet(host, [], intervalS)
  return (all, timeMs) => {
    const counts = new Map<string, { metric: string; tags: readonly string[]; count: number }>()
    const totals = { running: 0, stopped: 0 }
    for (const { isRunning, tags } of all) {
      const state = isRunning ? 'running' : 'stopped'
      const own = isRunning ? tags.low : tags.imageTags
      const key = [state, ...own].join('\0')
      const group = counts.get(key) ?? { metric: `docker.containers.${state}`, tags: own, count: 0 }
      group.count += 1
      counts.set(key, group)
      totals[state] += 1
    }
    return [
      ...[...counts.values()].map(({ metric, tags, count }) =>
        series.point(metric, count, { timeMs, extraTags: tags }),
      ),
      series.point('docker.containers.running.total', totals.running, { timeMs }),
      series.point('docker.containers.stopped.total', totals.stopped, { timeMs }),
    ]
  }
}
