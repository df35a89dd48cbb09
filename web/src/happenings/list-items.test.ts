import { describe, expect, test } from 'vitest'

import { sampleExit, sampleHappening } from '../testing/happening-samples.ts'
import { groupBursts } from './group-bursts.ts'
import { listItems } from './list-items.ts'

const rows = [
  sampleExit(3700, 0),
  sampleExit(2, 1),
  sampleHappening(1),
  sampleHappening(-40_000_000),
]
const none: ReadonlySet<string> = new Set()

/** What stands on each line. */
function kinds(step: 'hour' | 'day', open = none): readonly string[] {
  return listItems(groupBursts(rows), open, step).map(({ kind, key }) =>
    kind === 'heading' ? kind : `${kind} ${key}`,
  )
}

describe('listItems()', () => {
  test('begins each hour, or only each day, with a heading', () => {
    const [newest, burst, old] = [
      'row web exited 3700',
      'burst burst web start 1',
      'row web start -40000000',
    ]
    expect(kinds('hour')).toEqual(['heading', newest, 'heading', burst, 'heading', old])
    expect(kinds('day')).toEqual(['heading', newest, burst, 'heading', old])
  })

  test('shows the rows of a burst of which any row was opened', () => {
    const open = kinds('day', new Set(['web exited 2']))
    expect(open.slice(2, 5)).toEqual([
      'burst burst web start 1',
      'row web exited 2',
      'row web start 1',
    ])
  })
})
