import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import type {
  DogstatsdSettings,
  MapperProfile,
  MetricMapping,
} from '../../../component/dogstatsd-settings.ts'
import { createMetricRules } from './create-metric-rules.ts'
import type { MetricRules } from './metric-rules.ts'

type Rules = DogstatsdSettings['rules']

function makeRules(change: Partial<Rules>, complain?: (sentence: string) => void): MetricRules {
  return createMetricRules(structuredClone({ ...dogstatsdDefaults.rules, ...change }), complain)
}

function wildcard(match: string, name: string, tags: Record<string, string> = {}): MetricMapping {
  return { match, matchType: 'wildcard', name, tags }
}

function regex(match: string, name: string, tags: Record<string, string> = {}): MetricMapping {
  return { match, matchType: 'regex', name, tags }
}

function profile(prefix: string, ...mappings: MetricMapping[]): MapperProfile {
  return { name: prefix, prefix, mappings }
}

describe('createMetricRules(), namespace', () => {
  const cases: readonly (readonly [change: Partial<Rules>, name: string, expected: string])[] = [
    [{}, 'requests', 'requests'],
    [{ namespace: 'shop.' }, 'requests', 'shop.requests'],
    [{ namespace: 'shop.' }, 'shop.requests', 'shop.shop.requests'],
    [
      { namespace: 'shop.' },
      'datadog.dogstatsd.client.metrics',
      'datadog.dogstatsd.client.metrics',
    ],
    [{ namespace: 'shop.' }, 'jvm.heap', 'jvm.heap'],
    [{ namespace: 'shop.' }, 'jvms', 'jvms'],
    [{ namespace: 'shop.', namespaceExempt: [] }, 'jvm.heap', 'shop.jvm.heap'],
  ]
  for (const [change, name, expected] of cases)
    test(`makes ${expected} of ${name}`, () => {
      assert.deepEqual(makeRules(change).apply(name), { name: expected, tags: [] })
    })
})

describe('createMetricRules(), blocklist', () => {
  const exact = { blocklist: ['a.b', 'c.95percentile'] }
  const prefix = { blocklist: ['a.b'], isBlocklistPrefix: true }
  const spaced = { namespace: 'shop.', blocklist: ['shop.a', 'b'] }
  const cases: readonly (readonly [change: Partial<Rules>, name: string, isTaken: boolean])[] = [
    [exact, 'a.b', false],
    [exact, 'a.b.c', true],
    [exact, 'a', true],
    [exact, 'c', true],
    [prefix, 'a.b', false],
    [prefix, 'a.bc', false],
    [prefix, 'a.c', true],
    [spaced, 'a', false],
    [spaced, 'b', true],
    [{ blocklist: ['toString'] }, 'constructor', true],
  ]
  for (const [change, name, isTaken] of cases)
    test(`${isTaken ? 'takes' : 'refuses'} ${name} with ${change.blocklist?.join()}`, () => {
      assert.equal(makeRules(change).apply(name) !== undefined, isTaken)
    })

  test('refuses names that are made of a histogram', () => {
    const rules = makeRules(exact)
    assert.deepEqual([rules.isWanted('c.95percentile'), rules.isWanted('c.max')], [false, true])
  })
})

describe('createMetricRules(), mapper', () => {
  const cases: readonly (readonly [
    about: string,
    mapperProfiles: readonly MapperProfile[],
    name: string,
    expected: readonly [name: string, ...tags: string[]],
  ])[] = [
    [
      'takes tags from places of a wildcard',
      [profile('jobs.', wildcard('jobs.*.time.*', 'jobs.time', { job: '$1', step: 'x-${2}' }))],
      'jobs.mail.time.send',
      ['jobs.time', 'job:mail', 'step:x-send'],
    ],
    [
      'matches a star with nothing',
      [profile('a', wildcard('a.*', 'b', { c: '$1' }))],
      'a.',
      ['b', 'c:'],
    ],
    ['keeps a star within its part', [profile('a', wildcard('a.*', 'b'))], 'a.b.c', ['a.b.c']],
    ['takes a dot as a dot', [profile('a', wildcard('a.b', 'c'))], 'axb', ['axb']],
    ['matches the whole name', [profile('a', wildcard('a', 'b'))], 'aa', ['aa']],
    [
      'takes tags from groups of a pattern',
      [profile('*', regex('jobs\\.(?P<job>\\w+)\\.(.*)', 'jobs.$2', { job: '$job' }))],
      'jobs.mail.a.b',
      ['jobs.a.b', 'job:mail'],
    ],
    [
      'knows flags of Go',
      [profile('*', regex('(?i)JOBS\\.(\\w+)', 'j.$1'))],
      'jobs.Mail',
      ['j.Mail'],
    ],
    [
      'holds each side of a choice by one end only, as the agent does',
      [profile('*', regex('a|b', 'c'))],
      'a.and.more',
      ['c'],
    ],
    [
      'lets the first mapping that fits count',
      [profile('a', wildcard('a.x', 'no'), wildcard('a.*', 'first'), wildcard('a.b', 'second'))],
      'a.b',
      ['first'],
    ],
    [
      'lets the first profile decide, even if nothing in it fits',
      [profile('a.', wildcard('a.x', 'no')), profile('*', wildcard('a.b', 'yes'))],
      'a.b',
      ['a.b'],
    ],
    [
      'asks the next profile where the prefix differs',
      [profile('b.', wildcard('a.b', 'no')), profile('*', wildcard('a.b', 'yes'))],
      'a.b',
      ['yes'],
    ],
    [
      'leaves long names alone',
      [profile('*', wildcard('*', 'b'))],
      'a'.repeat(501),
      ['a'.repeat(501)],
    ],
  ]
  for (const [about, mapperProfiles, given, [name, ...tags]] of cases)
    test(about, () => {
      assert.deepEqual(makeRules({ mapperProfiles }).apply(given), { name, tags })
    })

  test('comes before the namespace and the blocklist', () => {
    const mapperProfiles = [profile('*', wildcard('a.*', 'jvm.$1'), wildcard('b.*', '$1'))]
    const rules = makeRules({ mapperProfiles, namespace: 'shop.', blocklist: ['shop.x'] })
    assert.equal(rules.apply('a.b')?.name, 'jvm.b')
    assert.equal(rules.apply('b.c')?.name, 'shop.c')
    assert.equal(rules.apply('b.x'), undefined)
  })

  test('refuses a metric that is left without a name', () => {
    const mapperProfiles = [profile('*', wildcard('a', '$1'))]
    assert.equal(makeRules({ mapperProfiles, namespace: 'shop.' }).apply('a'), undefined)
  })

  test('answers the same however many names came between', () => {
    const rules = makeRules({ mapperProfiles: [profile('*', wildcard('a.*', 'a', { n: '$1' }))] })
    const ask = (): readonly string[] => ['a.1', 'b'].map((name) => rules.apply(name)?.name ?? '')
    const before = ask()
    for (let number = 0; number < 2500; number++) rules.apply(`a.${number}`)
    assert.deepEqual(
      [before, ask()],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    )
  })

  test('tells of a pattern that takes too long, and asks it no more', () => {
    const sentences: string[] = []
    const mapperProfiles = [profile('*', regex('(?i)(a+)+', 'slow'), wildcard('*', 'quick'))]
    const rules = makeRules({ mapperProfiles }, (sentence) => sentences.push(sentence))
    assert.equal(rules.apply('aa')?.name, 'slow')
    assert.equal(rules.apply(`${'a'.repeat(300)}!`)?.name, 'quick')
    assert.equal(rules.apply('aaa')?.name, 'quick')
    assert.deepEqual(sentences, [
      'Cannot match a name with /^(a+)+$/i: it takes longer than 20 ms; the mapping to slow is not asked any more',
    ])
  })
})
