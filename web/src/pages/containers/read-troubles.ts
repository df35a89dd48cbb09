import type { HappeningCounts, HappeningFacet } from '../../../../src/api/contract/happenings.ts'

/** A number of things that went wrong. */
export interface Trouble {
  readonly stem: 'oomCount' | 'unhealthyCount' | 'checkCount'
  readonly count: number
  readonly tone: 'warning' | 'critical'
}

/** What of an hour needs a look, the worst first: kills for want of memory, containers that fell ill, checks that failed. */
export function readTroubles(counts: Pick<HappeningCounts, 'facets'>): readonly Trouble[] {
  const of = (facet: HappeningFacet, value: string): number =>
    counts.facets[facet].find((each) => each.value === value)?.count ?? 0
  // The kernel's word and the engine's are of the same deed.
  const oomCount = Math.max(of('kind', 'oom'), of('action', 'oom_killed'))
  const all: readonly Trouble[] = [
    { stem: 'oomCount', count: oomCount, tone: 'critical' },
    { stem: 'unhealthyCount', count: of('action', 'unhealthy'), tone: 'critical' },
    { stem: 'checkCount', count: of('action', 'critical'), tone: 'critical' },
  ]
  return all.filter(({ count }) => count > 0)
}
