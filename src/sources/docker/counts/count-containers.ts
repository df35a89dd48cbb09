import type { ContainerState } from '../../../model/container.ts'
import type { Point } from '../../../model/series.ts'
import type { ContainerTags } from '../identity/container-tags.ts'
import { KeptSeries, type Counting } from './kept-series.ts'

/** A container as far as counting goes. */
export interface Counted {
  readonly state: ContainerState
  /** `false` for one that is left out: it is counted, under its image alone. */
  readonly isWatched: boolean
  readonly tags: Pick<ContainerTags, 'low' | 'imageTags'>
}

/** What is counted beside the usual. */
export interface CounterOptions {
  /** Put on each count that has no container's tags. */
  readonly tags?: readonly string[]
  /** Whether `docker.container.count` is told, by state. */
  readonly hasStates?: boolean
}

/**
 * Counts containers as `docker.containers.{running,stopped}` by tag set and their `.total` without tags; a tag set that
 * no container has any more has no point. Keeps the series it has made.
 * @see docs/reference/metrics.md
 */
export function createCounter(
  host: string,
  intervalS: number,
  { tags = [], hasStates = false }: CounterOptions = {},
): (all: readonly Counted[], timeMs: number) => Point[] {
  const series = new KeptSeries(host, intervalS)
  return (all, timeMs) => {
    const running = all.filter(isRunning).length
    const counts = [
      ...countBy(all, (one) => {
        const isOfService = isRunning(one) && one.isWatched
        const metric = `docker.containers.${isRunning(one) ? 'running' : 'stopped'}`
        return { metric, tags: isOfService ? one.tags.low : [...one.tags.imageTags, ...tags] }
      }),
      { metric: 'docker.containers.running.total', value: running, tags },
      { metric: 'docker.containers.stopped.total', value: all.length - running, tags },
      ...(hasStates ? countStates(all, tags) : []),
    ]
    return series.points(counts, timeMs)
  }
}

/** As Datadog has it: every other state, `paused` too, counts as stopped. */
function isRunning({ state }: Counted): boolean {
  return state === 'running'
}

/** As Agent 5 counts: those that are left out are not in it, and a state that no container is in has no point. */
function countStates(all: readonly Counted[], tags: readonly string[]): readonly Counting[] {
  const watched = all.filter(({ isWatched }) => isWatched)
  return countBy(watched, ({ state }) => {
    return { metric: 'docker.container.count', tags: [`container_state:${state}`, ...tags] }
  })
}

function countBy(
  all: readonly Counted[],
  groupOf: (one: Counted) => Pick<Counting, 'metric' | 'tags'>,
): readonly Counting[] {
  const counts = new Map<string, Counting & { value: number }>()
  for (const one of all) {
    const group = groupOf(one)
    const key = [group.metric, ...group.tags].join('\0')
    const count = counts.get(key) ?? { ...group, value: 0 }
    count.value += 1
    counts.set(key, count)
  }
  return [...counts.values()]
}
