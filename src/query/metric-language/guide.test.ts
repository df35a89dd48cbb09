import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { functionSignatures, refusedFunctions } from './function-signatures.ts'
import { parseExpressions } from './parse-expressions.ts'

const guide = readFileSync(
  new URL('../../../docs/guide/metric-queries.md', import.meta.url),
  'utf8',
)

test('the guide names every function, but for short forms of top and bottom', () => {
  const named = new Set([...guide.matchAll(/`(\w+)\(q/g)].map(([, name]) => name))
  const names = [...functionSignatures.keys()].filter((name) => !/^(?:top|bottom)\d/.test(name))
  assert.deepEqual(
    names.filter((name) => !named.has(name)),
    [],
  )
  for (const name of named) assert.ok(functionSignatures.has(name ?? ''), `${name}() is not known`)
  for (const name of refusedFunctions.keys()) assert.ok(!named.has(name), `${name}() is refused`)
})

test('the examples of the guide can be read', () => {
  const examples = guide.split('\n').filter((line) => /^ {4}[^C]/.test(line))
  assert.ok(examples.length >= 5)
  for (const example of examples) parseExpressions(example)
})
