import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Findings } from './findings.ts'
import { parseYamlFile } from './yaml-file.ts'

function parse(text: string) {
  const findings: Findings = { faults: [], warnings: [], infos: [], withoutEffect: [] }
  return { file: parseYamlFile('f.yaml', text, findings), faults: findings.faults }
}

describe('parseYamlFile()', () => {
  for (const text of ['', '\n', '# only a comment\n', '---\n', '---\n...\n', 'null']) {
    test(`takes ${JSON.stringify(text)} as empty`, () => {
      const { file, faults } = parse(text)
      assert.deepEqual([file.values, faults], [undefined, []])
    })
  }

  test('reads lines that end in CR LF', () => {
    const { file, faults } = parse('a: 1\r\nb:\r\n  - x\r\n')
    assert.deepEqual([file.values, faults], [{ a: 1, b: ['x'] }, []])
    assert.equal(file.placeOf(['b', 0]), 'f.yaml:3:5')
  })

  test('says where values and keys stand', () => {
    const { file } = parse('a: &x\n  b: [1, {c: 2}]\nd: *x\n')
    const places = [['a'], ['a', 'b'], ['a', 'b', 1, 'c'], ['d', 'b', 1, 'c'], ['a', 'none']]
    assert.deepEqual(
      places.map((path) => file.placeOf(path)),
      ['f.yaml:2:3', 'f.yaml:2:6', 'f.yaml:2:14', 'f.yaml:2:14', 'f.yaml:2:3'],
    )
    assert.equal(file.placeOfKey(['a', 'b', 1, 'c']), 'f.yaml:2:11')
  })

  test('keeps how a number is written', () => {
    const { file } = parse('a: 1e5\nb: "1e5"\nc: text\n')
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => file.sourceOf([key])),
      ['1e5', undefined, undefined, undefined],
    )
  })

  test('refuses brackets without end, however many', () => {
    for (const count of [10, 2_000, 50_000]) {
      const { file, faults } = parse(`a: ${'['.repeat(count)}`)
      assert.equal(file.values, undefined)
      assert.ok(faults.length > 0)
    }
  })

  test('says one thing about one place', () => {
    const { faults } = parse('a: b: c\n')
    assert.deepEqual(
      faults.map(({ place }) => place),
      ['f.yaml:1:4'],
    )
  })
})
