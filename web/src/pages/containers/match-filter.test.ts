import { describe, expect, test } from 'vitest'

import { sampleNowMs, sampleRow } from '../../testing/samples.ts'
import { isLiveFilter, matchesFilter } from './match-filter.ts'
import { parseFilter } from './parse-filter.ts'

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
  ])('%j is %s', (text, expected) => {
    expect(matchesFilter(parseFilter(text), row, sampleNowMs)).toBe(expected)
  })

  test('lets a figure that was not read pass no comparison, nor its reverse', () => {
    const unread = sampleRow({ figures: {} })
    expect(matchesFilter(parseFilter('cpu:>0'), unread, sampleNowMs)).toBe(false)
    expect(matchesFilter(parseFilter('cpu:<1'), unread, sampleNowMs)).toBe(false)
  })

  test('takes the last figures of a stopped container for none', () => {
    const stopped = sampleRow({ state: 'exited', figures: { cpu: 90 } })
    expect(matchesFilter(parseFilter('cpu:>50'), stopped, sampleNowMs)).toBe(false)
  })
})

describe('isLiveFilter()', () => {
  test('holds for numbers only', () => {
    expect(isLiveFilter(parseFilter('web cpu:>1'))).toBe(true)
    expect(isLiveFilter(parseFilter('web state:running'))).toBe(false)
  })
})
