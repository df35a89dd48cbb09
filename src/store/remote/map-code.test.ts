import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mapCode } from './map-code.ts'

describe('mapCode()', () => {
  const upper = (statement: string): string => mapCode(statement, (code) => code.toUpperCase())
  const cases: readonly (readonly [statement: string, mapped: string])[] = [
    ['select a', 'SELECT A'],
    [`a 'b' c`, `A 'b' C`],
    [`a 'it\\'s' c`, `A 'it\\'s' C`],
    [`a 'it''s' c`, `A 'it''s' C`],
    [`a '\\\\' b`, `A '\\\\' B`],
    ['a `b``c` d', 'A `b``c` D'],
    ['a `b\\`c` d', 'A `b\\`c` D'],
    ['a "b""c" d', 'A "b""c" D'],
    ['a -- b\nc', 'A -- b\nC'],
    ['a #! b\nc', 'A #! b\nC'],
    ['a /* b */ c', 'A /* b */ C'],
    ['a $$b $ c$$ d', 'A $$b $ c$$ D'],
    ['a $x$b$$c$x$ d', 'A $x$b$$c$x$ D'],
    [`a -- it's\nb 'c'`, `A -- it's\nB 'c'`],
    [`'/*' a '*/'`, `'/*' A '*/'`],
    ['', ''],
  ]
  for (const [statement, mapped] of cases) {
    test(`leaves what is quoted in ${JSON.stringify(statement)}`, () =>
      assert.equal(upper(statement), mapped))
  }
})
