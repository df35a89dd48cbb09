import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TagScope } from '../model/person.ts'
import { formatTagScope, parseTagScope } from './tag-scope.ts'

const is = { isNegated: false } as const
const isNot = { isNegated: true } as const

describe('parseTagScope()', () => {
  const cases: Readonly<Record<string, TagScope>> = {
    'team:web': [{ key: 'team', patterns: ['web'], ...is }],
    '  team:web   -env:test ': [
      { key: 'team', patterns: ['web'], ...is },
      { key: 'env', patterns: ['test'], ...isNot },
    ],
    '!env:test': [{ key: 'env', patterns: ['test'], ...isNot }],
    'container_name:web-*': [{ key: 'container_name', patterns: ['web-*'], ...is }],
    'env:(prod OR stage-*) team:web': [
      { key: 'env', patterns: ['prod', 'stage-*'], ...is },
      { key: 'team', patterns: ['web'], ...is },
    ],
    '-env:( test )': [{ key: 'env', patterns: ['test'], ...isNot }],
    'image_name:registry:5000/team/web': [
      { key: 'image_name', patterns: ['registry:5000/team/web'], ...is },
    ],
  }
  for (const [text, scope] of Object.entries(cases)) {
    test(`reads "${text}"`, () => {
      assert.deepEqual(parseTagScope(text), scope)
      assert.deepEqual(parseTagScope(formatTagScope(scope)), scope)
    })
  }

  test('takes an empty text for everything', () => {
    assert.equal(parseTagScope(''), undefined)
    assert.equal(parseTagScope('  '), undefined)
  })

  const refused = [
    'web',
    'team:',
    ':web',
    '-',
    'team:web,api',
    'team:(web api)',
    'team:(web OR )',
    'team:()',
    'team:(web',
    'team:web)',
    'team:(web)x',
    '(team:web)',
    'team: web',
    'team:web OR team:api',
    '--team:web',
    `team:${'x'.repeat(1000)}`,
    'a:b '.repeat(21),
  ]
  for (const text of refused) {
    test(`refuses "${text.slice(0, 30)}"`, () => {
      assert.throws(() => parseTagScope(text), {
        name: 'HttpError',
        status: 400,
        message: /^Cannot read the scope ".*expected terms such as team:web/s,
      })
    })
  }
})
