import { beforeEach, describe, expect, test } from 'vitest'

import { keepRecent, readRecent } from './recent-choices.ts'

const place = 'vigie.palette.recent'

beforeEach(() => localStorage.removeItem(place))

describe('keepRecent() and readRecent()', () => {
  test('have the last one first, each once', () => {
    for (const id of ['a', 'b', 'a']) keepRecent(id)
    expect(readRecent()).toEqual(['a', 'b'])
  })

  test('keep twenty', () => {
    for (let index = 0; index < 50; index += 1) keepRecent(`id-${index}`)
    expect(readRecent()).toHaveLength(20)
    expect(readRecent()[0]).toBe('id-49')
  })

  test.each(['{', '{"a":1}', 'null', '[1,null]'])('take %j for nothing', (text) => {
    localStorage.setItem(place, text)
    expect(readRecent()).toEqual([])
  })
})
