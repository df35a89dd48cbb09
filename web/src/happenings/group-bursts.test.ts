import { describe, expect, test } from 'vitest'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { sampleExit, sampleHappening, sampleOf } from '../testing/happening-samples.ts'
import { groupBursts, type Entry } from './group-bursts.ts'

const create = (afterS: number, name = 'web'): HappeningRow =>
  sampleHappening(afterS, { action: 'create', container: sampleOf(name) })
const start = (afterS: number, name = 'web'): HappeningRow =>
  sampleHappening(afterS, { container: sampleOf(name) })
const exit = (afterS: number, name = 'web'): HappeningRow =>
  sampleExit(afterS, 1, { container: sampleOf(name) })
const check = (afterS: number, action: string): HappeningRow =>
  sampleHappening(afterS, {
    kind: 'check',
    action,
    actor: 'http',
    title: `http is ${action}`,
    container: null,
  })
const sent = (afterS: number, title: string): HappeningRow =>
  sampleHappening(afterS, {
    kind: 'event',
    action: 'deploys',
    actor: 'deploys',
    title,
    container: null,
    id: `${title} ${afterS}`,
  })

/** Groups what is given oldest first, as the list would have it; ids by line, the newest line first. */
function lines(oldestFirst: readonly HappeningRow[]): readonly (readonly string[])[] {
  return groupBursts(oldestFirst.toReversed()).map(idsOf)
}

function idsOf(entry: Entry): readonly string[] {
  return entry.kind === 'one' ? [entry.row.id] : entry.rows.map(({ id }) => id)
}

describe('groupBursts()', () => {
  test.each<[string, readonly HappeningRow[], readonly (readonly string[])[]]>([
    ['makes nothing of nothing', [], []],
    ['leaves one alone', [start(0)], [['web start 0']]],
    [
      'makes one line of what a container does at once',
      [create(0), start(1), exit(3)],
      [['web exited 3', 'web start 1', 'web create 0']],
    ],
    [
      'keeps apart what is ten seconds apart',
      [create(0), start(10.001)],
      [['web start 10.001'], ['web create 0']],
    ],
    [
      'keeps containers apart, each where its newest row is',
      [create(0), create(1, 'db'), start(2), start(3, 'db'), exit(4)],
      [
        ['web exited 4', 'web start 2', 'web create 0'],
        ['db start 3', 'db create 1'],
      ],
    ],
    [
      'follows a loop that waits longer each time',
      [exit(0), start(1), exit(31), start(91), exit(180)],
      [['web exited 180', 'web start 91', 'web exited 31', 'web start 1', 'web exited 0']],
    ],
    [
      'sees a loop of which only the ends were searched',
      [exit(0), exit(60), exit(150)],
      [['web exited 150', 'web exited 60', 'web exited 0']],
    ],
    [
      'does not take a stop and a late start for a loop',
      [exit(0), start(60)],
      [['web start 60'], ['web exited 0']],
    ],
    [
      'begins anew at a whole hour',
      [exit(1798), start(1799), exit(1800), start(1801)],
      [
        ['web start 1801', 'web exited 1800'],
        ['web start 1799', 'web exited 1798'],
      ],
    ],
    [
      'makes one line of three containers of an image that went through the same, not of two',
      [exit(0, 'a'), exit(1, 'b'), exit(12, 'c'), exit(13, 'd'), exit(14, 'e')],
      [['e exited 14', 'd exited 13', 'c exited 12'], ['b exited 1'], ['a exited 0']],
    ],
    [
      'keeps containers of an image apart that only began together, or ended differently',
      [start(0, 'a'), start(1, 'b'), start(2, 'c'), exit(3, 'd'), exit(4, 'e'), exit(5, 'c')],
      [['c exited 5', 'c start 2'], ['e exited 4'], ['d exited 3'], ['b start 1'], ['a start 0']],
    ],
    [
      'puts a check that flaps on one line, whatever it says',
      [check(0, 'critical'), check(4, 'ok'), check(8, 'critical')],
      [['none critical 8', 'none ok 4', 'none critical 0']],
    ],
    [
      'puts equal titles on one line and others not',
      [sent(0, 'deployed'), sent(1, 'deployed'), sent(2, 'rolled back')],
      [['rolled back 2'], ['deployed 1', 'deployed 0']],
    ],
  ])('%s', (_claim, rows, expected) => {
    expect(lines(rows)).toEqual(expected)
  })

  test('tells hosts apart that have a container of the same name', () => {
    const rows = [start(1), sampleHappening(0, { id: 'other', host: 'b-host' })]
    expect(groupBursts(rows).map(idsOf)).toEqual([['web start 1'], ['other']])
  })

  test('knows a container by its name where one of its rows has no id', () => {
    const nameless = sampleHappening(0, { container: { id: '', name: 'web', image: 'shop:1' } })
    expect(groupBursts([exit(1), nameless]).map(idsOf)).toEqual([['web exited 1', 'web start 0']])
  })

  test('keeps the key of a burst when rows come in above and below it', () => {
    const burst = [exit(2), start(1)]
    const [before] = groupBursts(burst)
    const after = groupBursts([exit(40, 'db'), start(4), ...burst, exit(-600, 'db')])
    expect(before).toMatchObject({ kind: 'burst', key: 'web start 1' })
    expect(after.map((entry) => (entry.kind === 'burst' ? entry.key : entry.row.id))).toEqual([
      'db exited 40',
      'web start 1',
      'db exited -600',
    ])
  })

  test('loses nothing, says nothing twice, and keeps the order within a line, however rows are mixed', () => {
    const rows = mixedRows(2000)
    const places = new Map(rows.map((row, place) => [row.id, place]))
    const grouped = groupBursts(rows).map((entry) => idsOf(entry).map((id) => places.get(id) ?? -1))
    expect(grouped.flat().toSorted((one, other) => one - other)).toEqual([...rows.keys()])
    for (const line of grouped) expect(line).toEqual(line.toSorted((one, other) => one - other))
    const firsts = grouped.map(([first = -1]) => first)
    expect(firsts).toEqual(firsts.toSorted((one, other) => one - other))
  })
})

/** Rows of seven containers of two images, newest first, in an order that is always the same. */
function mixedRows(count: number): readonly HappeningRow[] {
  let state = 7
  return Array.from({ length: count }, (_, index) => {
    state = (state * 48_271) % 2_147_483_647
    const container = sampleOf(`c${state % 7}`, `image:${state % 2}`)
    const action = ['create', 'start', 'die', 'kill'][state % 4] ?? 'start'
    return sampleHappening(-index * (state % 5), { id: String(index), action, container })
  }).toSorted((one, other) => other.timeMs - one.timeMs)
}
