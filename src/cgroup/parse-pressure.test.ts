import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsePressure } from './parse-pressure.ts'

describe('parsePressure()', () => {
  const some = 'some avg10=0.12 avg60=0.00 avg300=0.00 total=7018'
  const full = 'full avg10=0.00 avg60=0.00 avg300=0.00 total=99'
  const cases: readonly [claim: string, text: string, micros: number | undefined][] = [
    ['takes the total of the first line', `${some}\n${full}\n`, 7018],
    ['keeps a total of zero', 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n', 0],
    ['takes no total of the second line', `some avg10=0.00\n${full}\n`, undefined],
    ['has nothing where nothing is written', '', undefined],
  ]
  for (const [claim, text, micros] of cases)
    test(claim, () => {
      assert.equal(parsePressure(Buffer.from(`${text}\n`), text.length), micros)
    })

  test('does not read behind the length', () => {
    assert.equal(parsePressure(Buffer.from(`\n${some}\n`), 0), undefined)
  })
})
