import { describe, expect, test } from 'vitest'

import { sampleNowMs, sampleRow } from '../../testing/samples.ts'
import {
  isLiveFilter,
  labelsOfFilter,
  matchesFilter,
  type FilterWorld,
} from '../../../../src/api/contract/container-filter/match-filter.ts'
import { parseFilter } from '../../../../src/api/contract/container-filter/parse-filter.ts'

const row = sampleRow({
  id: 'abcdef0123456789'.repeat(4),
  name: 'shop-Web-1',
  image: 'registry:5000/team/nginx:1.27',
  project: 'shop',
  service: 'web',
  host: 'orion',
  health: 'unhealthy',
  restarts: 2,
  tags: ['env:prod', 'team:core'],
  figures: { cpu: 40, memory: 200 * 2 ** 20 },
})

const labels: Readonly<Record<string, string>> = {
  'com.example.team': 'Web team',
  'a:b': '1',
  empty: '',
}
const world: FilterWorld = {
  nowMs: sampleNowMs,
  labelOf: (_, label) => (label === 'late' ? undefined : (labels[label] ?? null)),
}

describe('matchesFilter()', () => {
  test.each([
    ['', true],
    ['web', true],
    ['WEB orion', true],
    ['web nowhere', false],
    ['-web', false],
    ['-nowhere', true],
    ['abcdef0123', true],
    ['0123', false],
    ['name:web', true],
    ['name:=web', false],
    ['name:=shop-web-1', true],
    ['name:shop-*', true],
    ['name:*-1', true],
    ['name:s*b*1', true],
    ['name:web*', false],
    ['name:shop-web-1*1', false],
    ['project:shop service:web', true],
    ['-project:shop', false],
    ['health:unhealthy', true],
    ['health:=healthy', false],
    ['id:abcdef', true],
    ['id:bcdef', false],
    ['env:prod', true],
    ['env:=pro', false],
    ['env:test', false],
    ['nothing:prod', false],
    ['nginx:1.27', true],
    ['nginx:1.28', false],
    ['cpu:>39.9', true],
    ['cpu:>40', false],
    ['cpu:<=40', true],
    ['mem:>100MiB mem:<1g', true],
    ['-mem:>100MiB', false],
    ['restarts:2', true],
    ['uptime:<2m', true],
    ['uptime:>2m', false],
    ['label.com.example.team:web', true],
    ['label.com.example.team:=web', false],
    ['label.com.example.team:"web team"', true],
    ['label.com.example.team:w*m', true],
    ['-label.com.example.team:web', false],
    ['label.com.example.team:db', false],
    ['label."a:b":=1', true],
    ['label.none:*', false],
    ['-label.none:*', true],
    ['label.empty:*', true],
    ['label.late:*', false],
    ['-label.late:*', false],
  ])('%j is %s', (text, expected) => {
    expect(matchesFilter(parseFilter(text), row, world)).toBe(expected)
  })

  test('lets a figure that was not read pass no comparison, nor its reverse', () => {
    const unread = sampleRow({ figures: {} })
    expect(matchesFilter(parseFilter('cpu:>0'), unread, world)).toBe(false)
    expect(matchesFilter(parseFilter('cpu:<1'), unread, world)).toBe(false)
  })

  test('takes the last figures of a stopped container for none', () => {
    const stopped = sampleRow({ state: 'exited', figures: { cpu: 90 } })
    expect(matchesFilter(parseFilter('cpu:>50'), stopped, world)).toBe(false)
  })
})

describe('labelsOfFilter()', () => {
  test('finds the labels that a filter asks for', () => {
    const filter = parseFilter('web label.a:1 -label."b c":2 team:core')
    expect(labelsOfFilter(filter)).toEqual(['a', 'b c'])
  })
})

describe('isLiveFilter()', () => {
  test('holds for numbers only', () => {
    expect(isLiveFilter(parseFilter('web cpu:>1'))).toBe(true)
    expect(isLiveFilter(parseFilter('web state:running'))).toBe(false)
  })
})
