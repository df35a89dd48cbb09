import { describe, expect, test } from 'vitest'

import { pages } from '../pages/index.ts'
import { shortcutList, shortcutsOn } from './shortcut-list.ts'
import type { Shortcuts } from './shortcuts.ts'

const paths = pages.map(({ path }) => path)

describe('shortcutList', () => {
  test.each(paths)('has no key twice on %s', (path) => {
    const { everywhere, here } = shortcutsOn(path.replace('$id', 'abc'))
    const keys = [...everywhere, ...here].flatMap((shortcut) => shortcut.keys)
    expect(keys).toEqual([...new Set(keys)])
  })

  test('has the letter of each page of the navigation', () => {
    const known = new Set<string>(shortcutsOn('/').everywhere.flatMap(({ keys }) => keys))
    for (const { shortcut } of pages) {
      if (shortcut !== undefined) expect(known).toContain(`g ${shortcut}`)
    }
  })

  test.each(paths)('has no key of charts twice on %s', (path) => {
    const { onCharts } = shortcutsOn(path.replace('$id', 'abc'))
    const keys = onCharts.flatMap((shortcut) => shortcut.keys)
    expect(keys).toEqual([...new Set(keys)])
  })

  test('tells the keys of charts where there are charts, and those of histograms there', () => {
    const aboutOn = (path: string): string[] => shortcutsOn(path).onCharts.map(({ about }) => about)
    expect(aboutOn('/containers/abc')).toContain('help.chartEvent')
    expect(aboutOn('/logs')).toContain('help.chartSpan')
    expect(aboutOn('/logs')).not.toContain('help.chartEvent')
    expect(aboutOn('/agents')).toEqual([])
  })

  test('names pages that there are', () => {
    const named = new Set(shortcutList.flatMap((shortcut) => ('on' in shortcut ? shortcut.on : [])))
    for (const path of named) expect(paths).toContain(path)
  })

  test('is all that anything may listen to', () => {
    // @ts-expect-error: a key that no list tells would be a secret.
    const secret: Shortcuts = { x: () => {} }
    expect(Object.keys(secret)).toEqual(['x'])
  })
})
