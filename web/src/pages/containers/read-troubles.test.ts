import { describe, expect, test } from 'vitest'

import type { HappeningCounts } from '../../../../src/api/contract/happenings.ts'
import { readTroubles } from './read-troubles.ts'

function countsOf(
  kinds: Readonly<Record<string, number>>,
  actions: Readonly<Record<string, number>>,
): Pick<HappeningCounts, 'facets'> {
  const list = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([value, count]) => ({ value, count }))
  const facets = { container: [], image: [], host: [], actor: [] }
  return { facets: { ...facets, kind: list(kinds), action: list(actions) } }
}

describe('readTroubles()', () => {
  test('is silent about what is in order', () => {
    expect(readTroubles(countsOf({ engine: 40, exit: 3 }, { start: 20, healthy: 2 }))).toEqual([])
  })

  test('counts a kill for want of memory once, however many tell of it', () => {
    const counts = countsOf({ oom: 2, exit: 2 }, { oom: 2, oom_killed: 2, unhealthy: 1 })
    expect(readTroubles(counts).map(({ stem, count }) => [stem, count])).toEqual([
      ['oomCount', 2],
      ['unhealthyCount', 1],
    ])
  })
})
