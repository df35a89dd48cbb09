import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { SchemaNode } from './schema/describe-allowed.ts'
import { readValue } from './read-value.ts'

describe('readValue()', () => {
  const cases: readonly { node: SchemaNode; text: string; value: unknown }[] = [
    { node: { type: 'string' }, text: '12', value: '12' },
    { node: { type: 'string' }, text: 'true', value: 'true' },
    { node: { enum: ['on', 'off'] }, text: 'on', value: 'on' },
    { node: { type: 'boolean' }, text: 'TRUE', value: true },
    { node: { type: 'boolean' }, text: 'yes', value: true },
    { node: { type: 'boolean' }, text: '0', value: false },
    { node: { type: 'boolean' }, text: 'off', value: false },
    { node: { type: 'boolean' }, text: '2', value: '2' },
    { node: { type: 'integer' }, text: '12', value: 12 },
    { node: { type: 'number' }, text: '-1.5', value: -1.5 },
    { node: { type: 'number' }, text: '0x10', value: '0x10' },
    { node: { type: 'number' }, text: '1e999', value: '1e999' },
    { node: { type: 'array' }, text: 'a:1, b:2 c', value: ['a:1', 'b:2', 'c'] },
    { node: { type: 'array', items: { type: 'integer' } }, text: '0, 143 x', value: [0, 143, 'x'] },
    { node: { type: 'array', items: { type: 'string' } }, text: '0', value: ['0'] },
    { node: { type: 'array' }, text: '["a b", 1]', value: ['a b', 1] },
    { node: { type: 'array' }, text: '[broken', value: '[broken' },
    { node: { type: 'object' }, text: '{"a": 1}', value: { a: 1 } },
    { node: { type: 'object' }, text: 'a=1', value: 'a=1' },
    { node: { anyOf: [{ type: 'string' }, { type: 'number' }] }, text: '5', value: '5' },
    { node: { anyOf: [{ type: 'boolean' }, { type: 'number' }] }, text: '5', value: 5 },
  ]
  for (const { node, text, value } of cases) {
    test(`${text} as ${JSON.stringify(node)} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readValue(text, node), value)
    })
  }
})
