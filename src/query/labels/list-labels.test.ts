import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { labelValue } from './label-value.ts'
import { listLabels, type LabelsRequest, type LabelsResult } from './list-labels.ts'

const all: LabelsRequest = { search: '', limit: 100, maxValues: 1000 }

/** Sixty containers: one of three teams, one vendor, a hash of their own, a note on the first two, and a rule on one. */
const containers = Array.from({ length: 60 }, (_, n) => ({
  labels: {
    vendor: 'us',
    'config-hash': `hash ${n}`,
    'com.example.team': `team ${n % 3}`,
    ...(n < 2 && { note: `n${n}` }),
    ...(n === 7 && { 'routers.seven.rule': 'x' }),
  },
}))

function list(change: Partial<LabelsRequest> = {}): LabelsResult {
  return listLabels(containers, { ...all, ...change })
}

describe('listLabels()', () => {
  test('lists first what parts containers into groups, last what each has for itself', () => {
    assert.deepEqual(list(), {
      labels: [
        { name: 'com.example.team', containers: 60, values: 3 },
        { name: 'note', containers: 2, values: 2 },
        { name: 'vendor', containers: 60, values: 1 },
        { name: 'config-hash', containers: 60, values: 60 },
        { name: 'routers.seven.rule', containers: 1, values: 1 },
      ],
      count: 5,
    })
  })

  test('finds a part of a name without regard to case, and tells how many there are beyond the limit', () => {
    const { labels, count } = list({ search: 'TEAM' })
    assert.deepEqual([labels.map(({ name }) => name), count], [['com.example.team'], 1])
    const cut = list({ limit: 1 })
    assert.deepEqual([cut.labels.length, cut.count], [1, 5])
  })

  test('stops counting values at its bound', () => {
    const hash = list({ maxValues: 40 }).labels.find(({ name }) => name === 'config-hash')
    assert.equal(hash?.values, 40)
  })

  test('knows labels by any name', () => {
    const odd = [{ labels: JSON.parse('{"__proto__":"a","constructor":"b"}') }]
    const names = listLabels(odd, all).labels.map(({ name }) => name)
    assert.deepEqual(names, ['__proto__', 'constructor'])
  })
})

describe('labelValue()', () => {
  const labels = { Team: 'upper', team: 'lower', Tier: 'front', empty: '' }
  const cases = [
    ['Team', 'upper'],
    ['team', 'lower'],
    ['tier', 'front'],
    ['empty', ''],
    ['none', null],
    ['constructor', null],
  ] as const
  for (const [name, value] of cases) {
    test(`of ${name} is ${JSON.stringify(value)}`, () => {
      assert.equal(labelValue(labels, name), value)
    })
  }

  test('is cut where it is as long as a file', () => {
    assert.equal(labelValue({ rule: 'x'.repeat(9000) }, 'rule')?.length, 500)
  })
})
