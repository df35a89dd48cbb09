import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { memorySize, trafficSize } from './docker-size.ts'
import type { StatValues } from './stat-fields.ts'
import { readStatsFormat } from './stats-format.ts'

const row: StatValues = {
  Container: 'web',
  ID: '0123456789ab',
  Name: 'web',
  CPUPerc: '1.50%',
  MemUsage: '1MiB / 2GiB',
  MemPerc: '0.05%',
  NetIO: '1kB/s / 0B/s',
  BlockIO: '0B/s / 0B/s',
  PIDs: '3',
}

const cases: readonly (readonly [format: string, text: string])[] = [
  ['{{.Name}}: {{ .CPUPerc }}', 'web: 1.50%\n'],
  [String.raw`table {{.Name}}\t{{.CPUPerc}}`, 'NAME   CPU %\nweb    1.50%\n'],
  ['{{json .Name}} {{upper .Name}}', '"web" WEB\n'],
  [
    'json',
    '{"BlockIO":"0B/s / 0B/s","CPUPerc":"1.50%","Container":"web","ID":"0123456789ab","MemPerc":"0.05%","MemUsage":"1MiB / 2GiB","Name":"web","NetIO":"1kB/s / 0B/s","PIDs":"3"}\n',
  ],
]

describe('readStatsFormat()', () => {
  for (const [format, text] of cases) {
    test(`writes ${format}`, () => assert.equal(readStatsFormat(format)([row]), text))
  }

  test('writes json of all fields in a template as alone', () => {
    assert.equal(readStatsFormat('{{json .}}')([row]), readStatsFormat('json')([row]))
  })

  for (const format of ['{{.Nme}}', '{{range .}}', '{{.Name', '{{.}}']) {
    test(`refuses ${format} and names what is allowed`, () =>
      assert.throws(() => readStatsFormat(format), /Cannot use --format: .*\.CPUPerc/))
  }
})

describe('sizes', () => {
  test('are written as docker writes them', () => {
    assert.deepEqual([0, 1536, 2 ** 30].map(memorySize), ['0B', '1.5KiB', '1GiB'])
    assert.deepEqual([0, 1500, 1_234_567].map(trafficSize), ['0B', '1.5kB', '1.23MB'])
  })
})
