import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FlatValues } from './flat-values.ts'

function read(values: FlatValues<'anon' | 'file'>, text: string): (number | undefined)[] {
  const bytes = Buffer.from(`${text}\n`)
  values.parse(bytes, text.length)
  return [values.get('anon'), values.get('file')]
}

describe('FlatValues', () => {
  const cases: readonly [claim: string, text: string, values: readonly (number | undefined)[]][] = [
    ['reads the wanted keys in any order', 'file 7\nother 1\nanon 5\n', [5, 7]],
    ['keeps zero apart from absent', 'anon 0\n', [0, undefined]],
    ['reads a last line without a line end', 'anon 5\nfile 7', [5, 7]],
    [
      'does not take a longer key for a wanted one',
      'anon_thp 9\nfile_mapped 8\n',
      [undefined, undefined],
    ],
    ['does not take the beginning of a key for it', 'ano 9\nfil 8\n', [undefined, undefined]],
    ['has no value where none is written', 'anon max\nfile\n', [undefined, undefined]],
    ['has no value for a number below zero', 'anon -1\nfile 2\n', [undefined, 2]],
    ['reads nothing from an empty file', '', [undefined, undefined]],
    ['reads numbers above 2^32', 'anon 9007199254740991\n', [9_007_199_254_740_991, undefined]],
  ]
  for (const [claim, text, expected] of cases) {
    test(claim, () => assert.deepEqual(read(new FlatValues(['anon', 'file']), text), expected))
  }

  test('forgets what it read before', () => {
    const values = new FlatValues(['anon', 'file'])
    read(values, 'anon 5\nfile 7\n')
    assert.deepEqual(read(values, 'file 8\n'), [undefined, 8])
  })

  test('turns a value into the unit of the factor', () => {
    const values = new FlatValues(['anon', 'file'])
    read(values, 'anon 5\n')
    assert.equal(values.get('anon', 1000), 5000)
  })
})
