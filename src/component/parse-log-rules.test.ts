import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLogRules } from './parse-log-rules.ts'

describe('parseLogRules()', () => {
  test('reads every type', () => {
    const { rules, faults } = parseLogRules(
      [
        { type: 'exclude_at_match', name: 'probes', pattern: 'GET /health' },
        { type: 'include_at_match', name: 'orders', pattern: 'order' },
        {
          type: 'mask_sequences',
          name: 'mail',
          pattern: String.raw`\w+@\w+`,
          replace_placeholder: '[mail]',
        },
        { type: 'multi_line', name: 'dates', pattern: String.raw`\d{4}-` },
        { type: 'exclude_truncated', name: 'cut' },
      ],
      'here',
    )
    assert.deepEqual(faults, [])
    assert.deepEqual(rules, [
      { kind: 'exclude', name: 'probes', pattern: 'GET /health' },
      { kind: 'include', name: 'orders', pattern: 'order' },
      { kind: 'mask', name: 'mail', pattern: String.raw`\w+@\w+`, replacement: '[mail]' },
      { kind: 'multi-line', name: 'dates', pattern: String.raw`\d{4}-` },
      { kind: 'exclude-truncated', name: 'cut' },
    ])
  })

  for (const [what, json, fault] of [
    ['text', 'x', 'here: rules must be a list'],
    [
      'a rule without a name',
      [{ type: 'exclude_at_match', pattern: 'x' }],
      'here: rule 1 must have a name, a type and, except for exclude_truncated, a pattern',
    ],
    [
      'a rule without a pattern',
      [{ type: 'multi_line', name: 'n' }],
      'here: rule 1 (n) has no pattern',
    ],
    [
      'a type that is not known',
      [{ type: 'mask_gojq', name: 'n', pattern: '.' }],
      'here: rule 1 (n) has the type mask_gojq; known are exclude_at_match, include_at_match, mask_sequences, multi_line and exclude_truncated',
    ],
  ] as const) {
    test(`says what is wrong with ${what}`, () => {
      assert.deepEqual(parseLogRules(json, 'here'), { rules: [], faults: [fault] })
    })
  }

  test('keeps the good rules beside a bad one', () => {
    const { rules, faults } = parseLogRules(
      [
        { type: 'x', name: 'bad' },
        { type: 'exclude_truncated', name: 'good' },
      ],
      'here',
    )
    assert.deepEqual(rules, [{ kind: 'exclude-truncated', name: 'good' }])
    assert.equal(faults.length, 1)
  })
})
