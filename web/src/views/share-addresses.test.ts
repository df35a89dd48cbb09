import { describe, expect, test } from 'vitest'

import { shareAddresses, viewSearch } from './share-addresses.ts'

const origin = 'https://vigie.example.com'
const nowMs = 2_000_900

function share(pathname: string, search: string): ReturnType<typeof shareAddresses> {
  return shareAddresses({ origin, pathname, search }, nowMs)
}

describe('shareAddresses()', () => {
  test.each([
    ['/logs', '', '/logs', '/logs?from=1700&to=2000'],
    [
      '/logs',
      '?q=error&range=15m&lang=fr',
      '/logs?q=error&range=15m',
      '/logs?q=error&range=15m&from=1100&to=2000',
    ],
    ['/', '?group=project', '/?group=project', '/?group=project&at=2000'],
    ['/', '?at=now', '/?at=now', '/?at=2000'],
  ])('%s%s is %s, and frozen %s', (path, search, address, frozen) => {
    expect(share(path, search)).toEqual({ address: origin + address, frozen: origin + frozen })
  })

  test.each([
    ['/logs', '?from=10&to=20'],
    ['/', '?at=1767323045'],
    ['/agents', ''],
    ['/dashboards', ''],
  ])('%s%s stands still already', (path, search) => {
    expect(share(path, search)).toEqual({ address: origin + path + search, frozen: undefined })
  })
})

describe('viewSearch()', () => {
  test('leaves out the language, and nothing else', () => {
    expect(viewSearch('?host=db&lang=fr&row=abc&from=1&to=2')).toBe('?host=db&row=abc&from=1&to=2')
    expect(viewSearch('?lang=fr')).toBe('')
  })
})
