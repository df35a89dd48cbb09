import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseFloat64 } from './parse-float64.ts'

/** What Go's own tests say of `strconv.ParseFloat`, for the forms that differ between languages. */
const read: readonly (readonly [string, number])[] = [
  ['1', 1],
  ['+1', 1],
  ['-0', -0],
  ['1E23', 1e23],
  ['100000000000000016777216', 1.0000000000000003e23],
  ['0e+01234567890123456789', 0],
  ['2.2250738585072012e-308', 2.2250738585072014e-308],
  ['4e-324', 5e-324],
  ['2e-324', 0],
  ['1.7976931348623158e308', 1.7976931348623157e308],
  ['nan', Number.NaN],
  ['NAN', Number.NaN],
  ['-Infinity', -Infinity],
  ['+INF', Infinity],
  ['0x1p-1', 0.5],
  ['0x1ep-1', 15],
  ['0x1fFe2.P0', 131_042],
  ['0x.1p+2', 0.25],
  ['0x1.fffffffffffffp1023', 1.7976931348623157e308],
  ['0x.1fffffffffffffp1027', 1.7976931348623157e308],
  ['0x1p-1074', 5e-324],
  ['0x1p-99999999999', 0],
  ['-0x0p+01234567890123456789', -0],
  ['1_23.50_0_0e+1_2', 1.235e14],
  ['0x_1_2.3_4_5p+1_2', 74_565],
]

const refused: readonly string[] = [
  ['', ' ', '1x', '1.1.', '.', '.e-1', '1e', '1e-', '1p2', '1\0.2', '++1', 'e1', 'infi', '-nan'],
  ['1.7976931348623159e308', '1e309', '-1e400', '0x1p1024', '0x1p99999999999'],
  ['0x', '0x.', '0x1', '0x.1', '0x1e2', '0x1p', '0x1p+', '0xp1', '0b1', '0o7', 'x1p0'],
  ['_1', '1_', '1__2', '12_.5', '12._5', '1.5_e1', '1e_1', '1e+_1', '1e1_', '-_1'],
  ['_0x12p1', '0x__1p1', '0x1_.3p1', '0x1._3p1', '0x1.3_p1', '0x1p_1', '0x1p+_1', '0x1p1_'],
].flat()

describe('parseFloat64()', () => {
  for (const [text, number] of read)
    test(`reads ${text}`, () => assert.ok(Object.is(parseFloat64(text), number)))
  for (const text of refused)
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseFloat64(text), undefined))
})
