import { describe, expect, test } from 'vitest'

import { openSharedCursor } from './shared-cursor.ts'

describe('openSharedCursor()', () => {
  test('tells all others, and not the one that is pointed at', () => {
    const { cursor, one, heard } = followed()
    cursor.point(one, 12)
    expect(heard).toEqual(['two 12', 'three 12'])
    expect(cursor.isAt(one)).toBe(true)
  })

  test('keeps the cursor with the chart the pointer came to when it leaves another late', () => {
    const { cursor, one, two, heard } = followed()
    cursor.point(one, 1)
    cursor.point(two, 2)
    heard.length = 0
    cursor.point(one, undefined)
    expect(heard).toEqual([])
    cursor.point(two, undefined)
    expect(heard).toEqual(['one undefined', 'three undefined'])
  })

  test('forgets a chart that is gone', () => {
    const { cursor, one, leaveTwo, heard } = followed()
    leaveTwo()
    cursor.point(one, 3)
    expect(heard).toEqual(['three 3'])
  })
})

function followed() {
  const cursor = openSharedCursor()
  const [one, two, three] = [{}, {}, {}]
  const heard: string[] = []
  const listen = (name: string) => (timeS: number | undefined) => heard.push(`${name} ${timeS}`)
  cursor.follow(one, listen('one'))
  const leaveTwo = cursor.follow(two, listen('two'))
  cursor.follow(three, listen('three'))
  return { cursor, one, two, heard, leaveTwo }
}
