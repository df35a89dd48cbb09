import { describe, expect, test } from 'vitest'

import { nothingFolded } from './folding.ts'
import { nextSort, readView, writeView, type View } from './view.ts'

describe('readView()', () => {
  test('is the first view for an address that says nothing', () => {
    expect(readView({})).toEqual({
      filterText: '',
      scope: 'running',
      shape: 'table',
      sort: { column: 'cpu', isFalling: true },
      groups: [],
      folding: nothingFolded,
      columns: [],
      colour: '',
      size: '',
      chosen: '',
      isEndedShown: false,
    })
  })

  test('takes what cannot be read for not said', () => {
    const view = readView({
      state: 'some',
      sort: '-nonsense',
      group: '%E0%A4%A',
      cols: 'planet',
      view: '3d',
    })
    expect(view).toEqual(readView({}))
  })

  test('groups by two things at most, and by none twice', () => {
    expect(readView({ group: 'env,env,team,host' }).groups).toEqual(['env', 'team'])
  })
})

describe('writeView()', () => {
  test('brings the same view back', () => {
    const view: View = {
      filterText: 'web cpu:>5',
      scope: 'all',
      shape: 'map',
      sort: { column: 'memory', isFalling: false },
      groups: ['label.com.example/a,b:c %', 'a,tag%'],
      folding: { isAll: true, keys: ['shop'] },
      columns: ['name', 'cpu'],
      colour: 'network',
      size: 'memory',
      chosen: 'abcdef012345',
      isEndedShown: true,
    }
    expect(readView(definedOf(writeView(view)))).toEqual(view)
  })

  test('writes nothing of what is as at first, and nothing of what does not change', () => {
    expect(definedOf(writeView(readView({})))).toEqual({})
    expect(writeView({ scope: 'all' })).toEqual({ state: 'all' })
  })

  test('leaves names of labels as they are read', () => {
    const { group } = writeView({ groups: ['label.io.example/team', 'env'] })
    expect(group).toBe('label.io.example/team,env')
  })

  test('unfolds all when other groups are chosen', () => {
    expect(writeView({ groups: ['env'] })).toEqual({ group: 'env', gc: undefined })
  })
})

describe('nextSort()', () => {
  test('starts numbers from the highest and texts from A, and turns round the second time', () => {
    const byMemory = nextSort({ column: 'cpu', isFalling: true }, 'memory')
    expect(byMemory).toEqual({ column: 'memory', isFalling: true })
    expect(nextSort(byMemory, 'memory').isFalling).toBe(false)
    expect(nextSort(byMemory, 'name')).toEqual({ column: 'name', isFalling: false })
  })
})

function definedOf(change: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
