import { describe, expect, test } from 'vitest'

import type { TemplateVariable } from '../../../src/api/contract/dashboards.ts'
import { readChoices, writeChoice } from './choices.ts'
import { substituteMetrics, substituteSearch } from './substitute.ts'

function variable(different: Partial<TemplateVariable>): TemplateVariable {
  return { name: 'host', tag: 'host', defaults: [], allowed: [], ...different }
}

const variables = [
  variable({}),
  variable({ name: 'hostgroup', tag: 'group', defaults: ['a'] }),
  variable({ name: 'scope', tag: '' }),
  variable({ name: 'git', tag: 'g' }),
  variable({ name: 'git.repo', tag: 'git.repo' }),
]

describe('substituteMetrics()', () => {
  test.each([
    ['avg:a.b{$host}', {}, 'avg:a.b{*}'],
    ['avg:a.b{$host}', { tpl_host: 'web1' }, 'avg:a.b{host:web1}'],
    ['avg:a.b{$host,x:y} by {z}', { tpl_host: 'w1,w2' }, 'avg:a.b{host IN (w1,w2),x:y} by {z}'],
    ['avg:a.b{node:$host.value}', { tpl_host: 'web1' }, 'avg:a.b{node:web1}'],
    ['avg:a.b{node:$host.value}', { tpl_host: 'w1,w2' }, 'avg:a.b{node IN (w1,w2)}'],
    ['avg:a.b{node:$host.value}', {}, 'avg:a.b{node:*}'],
    ['avg:a.b{$hostgroup} + avg:c{$host}', {}, 'avg:a.b{group:a} + avg:c{*}'],
    ['avg:a.b{$scope}', { tpl_scope: 'env:prod' }, 'avg:a.b{env:prod}'],
    ['avg:a.b{$scope}', { tpl_scope: 'env:a,env:b' }, 'avg:a.b{(env:a OR env:b)}'],
    ['avg:a.b{$hosts,$other}', { tpl_host: 'web1' }, 'avg:a.b{$hosts,$other}'],
    ['avg:a.b{$git.repo,$git}', { 'tpl_git.repo': 'r' }, 'avg:a.b{git.repo:r,*}'],
    ['avg:a.b{x:$git.repo.value}', { 'tpl_git.repo': 'r' }, 'avg:a.b{x:r}'],
    ['avg:a.b{x:$git.value-db}', { tpl_git: 'v' }, 'avg:a.b{x:v-db}'],
    ['avg:a.b{!$host}', { tpl_host: 'web1' }, 'avg:a.b{!host:web1}'],
  ])('%s with %j is %s', (text, search, expected) => {
    expect(substituteMetrics(text, readChoices(variables, search))).toBe(expected)
  })

  test('takes a value as it is, not as a pattern of a replacement', () => {
    const choices = readChoices(variables, { tpl_host: '$&' })
    expect(substituteMetrics('avg:a.b{$host}', choices)).toBe('avg:a.b{host:$&}')
  })
})

describe('substituteSearch()', () => {
  test.each([
    ['error $host', {}, 'error *'],
    ['error $host', { tpl_host: 'w1,w2' }, 'error host:(w1 OR w2)'],
    ['service:$host.value', { tpl_host: 'a b' }, 'service:"a b"'],
    ['$host.value', { tpl_host: 'w1,w2' }, '(w1 OR w2)'],
  ])('%s with %j is %s', (text, search, expected) => {
    expect(substituteSearch(text, readChoices(variables, search))).toBe(expected)
  })
})

describe('writeChoice()', () => {
  test('writes nothing for the default, and `*` where everything is not the default', () => {
    const withDefault = variable({ defaults: ['a', 'b'] })
    expect(writeChoice(withDefault, ['a', 'b'])).toEqual({ tpl_host: undefined })
    expect(writeChoice(withDefault, [])).toEqual({ tpl_host: '*' })
    expect(writeChoice(variable({}), [])).toEqual({ tpl_host: undefined })
    expect(writeChoice(variable({}), ['c'])).toEqual({ tpl_host: 'c' })
  })
})
