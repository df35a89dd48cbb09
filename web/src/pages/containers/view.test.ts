import { describe, expect, test } from 'vitest'

import { nextSort, readView, writeView, type View } from './view.ts'

describe('readView()', () => {
  test('is the first view for an address that says nothing', () => {
    expect(readView({})).toEqual({
      filterText: '',
      scope: 'running',
      sort: { column: 'cpu', isFalling: true },
      group: 'none',
      chosen: '',
      isEndedShown: false,
    })
  })

  test('takes what cannot be read for not said', () => {
    const view = readView({ state: 'some', sort: '-nonsense', group: 'planet' })
    expect(view).toEqual(readView({}))
  })
})

describe('writeView()', () => {
  test('brings the same view back', () => {
    const view: View = {
      filterText: 'web cpu:>5',
      scope: 'all',
      sort: { column: 'memory', isFalling: false },
      group: 'image',
      chosen: 'abcdef012345',
      isEndedShown: true,
    }
    expect(readView(definedOf(writeView(view)))).toEqual(view)
  })

  test('writes nothing of what is as at first, and nothing of what does not change', () => {
    expect(definedOf(writeView(readView({})))).toEqual({})
    expect(writeView({ scope: 'all' })).toEqual({ state: 'all' })
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
