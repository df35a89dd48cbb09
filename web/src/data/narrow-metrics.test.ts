import { describe, expect, test } from 'vitest'

import { narrowMetrics } from './narrow-metrics.ts'

describe('narrowMetrics()', () => {
  test.each([
    ['avg:a.b{*}', 'avg:a.b{host:web}'],
    ['a.b{}', 'a.b{host:web}'],
    ['avg:a{env:x,!team:y} by {host,service}', 'avg:a{host:web,env:x,!team:y} by {host,service}'],
    ['avg:a{env:x OR env:y}by{host}', 'avg:a{host:web,(env:x OR env:y)}by{host}'],
    ['sum:a{*} / sum:b{organ:x}', 'sum:a{host:web} / sum:b{host:web,organ:x}'],
    ["top(avg:a{*}, 10, 'mean', '{*}')", "top(avg:a{host:web}, 10, 'mean', '{*}')"],
    ['12', '12'],
  ])('%s', (query, expected) => {
    expect(narrowMetrics(query, 'web').text).toBe(expected)
  })

  test('leaves a query about all hosts as it is', () => {
    expect(narrowMetrics('avg:a{*}', '').text).toBe('avg:a{*}')
  })

  test.each(['avg:a{b:c OR ?} + x{*} + nonsense', 'a{?}', 'a{x:y,?} by {z}, b{*} ?'])(
    'knows where a place in %s was written',
    (query) => {
      const { text, originOf } = narrowMetrics(query, 'web')
      for (const sign of ['?', 'nonsense', 'by', '+']) {
        if (query.includes(sign)) expect(originOf(text.indexOf(sign))).toBe(query.indexOf(sign))
      }
    },
  )
})
