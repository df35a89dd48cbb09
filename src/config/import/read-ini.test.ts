import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readIni } from './read-ini.ts'

describe('readIni()', () => {
  const lines: readonly (readonly [line: string, key: string, value: string])[] = [
    ['hostname: web', 'hostname', 'web'],
    ['Hostname = web', 'hostname', 'web'],
    ['  tags:a:b, c=d', 'tags', 'a:b, c=d'],
    ['dd_url: https://h ; the first', 'dd_url', 'https://h'],
    ['path: a;b#c', 'path', 'a;b#c'],
    ['empty:', 'empty', ''],
    ["quoted: ''", 'quoted', ''],
    ['commented: ; x', 'commented', ''],
    ['two words: x', 'two words', 'x'],
  ]
  for (const [line, key, value] of lines)
    test(`reads ${JSON.stringify(line)}`, () =>
      assert.deepEqual(readIni(`[Main]\r\n${line}\r\n`).entries, [
        { section: 'Main', key, value, line: 2 },
      ]))

  test('knows sections, passes over comments, and tells what it cannot read', () => {
    const { entries, unread } = readIni('a: 1\n# b: 2\n; c: 3\n[x.y] # z\n\nd: 4\nslip\n: 5\n')
    assert.deepEqual(
      entries.map(({ section, key, line }) => [section, key, line]),
      [
        ['', 'a', 1],
        ['x.y', 'd', 6],
      ],
    )
    assert.deepEqual(unread, [7, 8])
  })
})
