import { expect, test } from 'vitest'

import { createPaceMeter } from './pace-meter.ts'

test('tells the pace of the last seconds, once there are enough of them', () => {
  const meter = createPaceMeter()
  const put = (second: number, atS: number): number | undefined =>
    meter.put({ elapsedMs: second * 1000, atMs: atS * 1000 })
  expect([put(0, 500), put(1, 560), put(3, 680)]).toEqual([undefined, undefined, undefined])
  expect(put(4, 740)).toBe(60)
  expect(put(8, 780)).toBe(10)
  expect(put(12, 1020)).toBe(60)
  meter.reset()
  expect([put(13, 0), put(17, 40)]).toEqual([undefined, 10])
})
