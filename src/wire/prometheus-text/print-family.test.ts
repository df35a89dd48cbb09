import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MetricFamily } from './metric-family.ts'
import { printFamily } from './print-family.ts'
import { joinLabels, printLabels } from './print-labels.ts'

const cpu: MetricFamily = { name: 'cpu_seconds_total', kind: 'counter', help: 'CPU time used.' }

describe('printFamily()', () => {
  test('says once what the samples are', () => {
    const samples = [
      { labels: 'name="web"', value: 1.5 },
      { labels: '', value: 2 },
    ]
    assert.equal(
      printFamily(cpu, samples, 'text'),
      `# HELP cpu_seconds_total CPU time used.
# TYPE cpu_seconds_total counter
cpu_seconds_total{name="web"} 1.5
cpu_seconds_total 2
`,
    )
  })

  test('names the family of a counter without its ending in OpenMetrics, and its unit', () => {
    assert.equal(
      printFamily(cpu, [{ labels: '', value: 2 }], 'openmetrics'),
      `# TYPE cpu_seconds counter
# UNIT cpu_seconds seconds
# HELP cpu_seconds CPU time used.
cpu_seconds_total 2
`,
    )
  })

  test('does not call a counter what OpenMetrics would not take for one', () => {
    const family: MetricFamily = { name: 'hits', kind: 'unknown', help: 'Hits.' }
    assert.match(
      printFamily(family, [{ labels: '', value: 1 }], 'openmetrics'),
      /^# TYPE hits unknown$/m,
    )
    assert.match(printFamily(family, [{ labels: '', value: 1 }], 'text'), /^# TYPE hits untyped$/m)
  })

  test('prints nothing at all without samples', () => {
    assert.equal(printFamily(cpu, [], 'text'), '')
  })

  const numbers: readonly [value: number, text: string][] = [
    [0, '0'],
    [Number.NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [2 ** 53, '9007199254740992'],
    [1e21, '1e+21'],
    [0.000_000_1, '1e-7'],
  ]
  for (const [value, text] of numbers) {
    test(`prints ${value} as ${text}`, () => {
      const gauge: MetricFamily = { name: 'x', kind: 'gauge', help: 'X.' }
      const lines = printFamily(gauge, [{ labels: '', value }], 'text').split('\n')
      assert.equal(lines[2], `x ${text}`)
    })
  }
})

describe('printLabels()', () => {
  test('escapes what would end a value or a line', () => {
    assert.equal(
      printLabels([
        ['a', 'say "hi"\\\n'],
        ['b', 'é'],
      ]),
      String.raw`a="say \"hi\"\\\n",b="é"`,
    )
  })

  test('joins two lists, of which either may be empty', () => {
    assert.equal(joinLabels('a="1"', 'b="2"'), 'a="1",b="2"')
    assert.equal(joinLabels('', 'b="2"'), 'b="2"')
    assert.equal(joinLabels('a="1"', ''), 'a="1"')
  })
})
