import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { expandTemplate } from './expand-template.ts'

describe('expandTemplate()', () => {
  const cases: readonly (readonly [template: string, expected: string])[] = [
    ['plain', 'plain'],
    ['a.$1.$2', 'a.web.5xx'],
    ['$0', 'web-5xx'],
    ['$1x', ''],
    ['${1}x', 'webx'],
    ['$service.$code', 'web.'],
    ['${service}s', 'webs'],
    ['$9', ''],
    ['$01', ''],
    ['$$1', '$1'],
    ['$', '$'],
    ['a$', 'a$'],
    ['$-$1', '$-web'],
    ['${1', '${1'],
    ['${}', '${}'],
    ['$constructor', ''],
    ['$1$1', 'webweb'],
  ]
  for (const [template, expected] of cases)
    test(`makes ${JSON.stringify(expected)} of ${template}`, () => {
      const match = /^(?<service>\w+)-(\w+)$/.exec('web-5xx')
      assert.ok(match)
      assert.equal(expandTemplate(template, match), expected)
    })

  test('leaves out a group that took no part', () => {
    const match = /^(a)|(b)$/.exec('a')
    assert.ok(match)
    assert.equal(expandTemplate('<$2>', match), '<>')
  })
})
