import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseDriverStatus } from './disk-stats.ts'

function read(pairs: readonly (readonly string[])[]): Record<string, number> {
  return Object.fromEntries(parseDriverStatus(pairs).map(({ metric, value }) => [metric, value]))
}

describe('parseDriverStatus()', () => {
  test('reads what devicemapper tells, in powers of 1000', () => {
    const told = read([
      ['Pool Name', 'docker-8:1-262-pool'],
      ['Data Space Used', '11.8 MB'],
      ['Data Space Total', '107.4 GB'],
      ['Data Space Available', '7.44GB'],
      ['Metadata Space Used', '655.4 kB'],
      ['Metadata Space Total', '2.147 GB'],
      ['Metadata Space Available', '2.146 GB'],
      ['Deferred Removal Enabled', 'false'],
    ])
    assert.deepEqual(
      { ...told, 'docker.data.percent': 0, 'docker.metadata.percent': 0 },
      {
        'docker.data.used': 11_800_000,
        'docker.data.total': 107_400_000_000,
        'docker.data.free': 7_440_000_000,
        'docker.data.percent': 0,
        'docker.metadata.used': 655_400,
        'docker.metadata.total': 2_147_000_000,
        'docker.metadata.free': 2_146_000_000,
        'docker.metadata.percent': 0,
      },
    )
    assert.equal(told['docker.data.percent']?.toFixed(6), '0.010987')
    assert.equal(told['docker.metadata.percent']?.toFixed(6), '0.030526')
  })

  for (const [what, used, total, free, percent] of [
    ['used and total', '25 GB', '100 GB', undefined, 25],
    ['all, parts larger than the whole', '50 GB', '60 GB', '50 GB', 50],
    ['total and free', undefined, '100 GB', '25 GB', 75],
    ['used and free', '30 GB', undefined, '10 GB', 75],
    ['used alone', '30 GB', undefined, undefined, undefined],
    ['a total of nothing', '0 B', '0 B', undefined, undefined],
  ] as const) {
    test(`works out the percentage from ${what}`, () => {
      const pairs = [
        ['Data Space Used', used],
        ['Data Space Total', total],
        ['Data Space Available', free],
      ].flatMap(([name, text]) => (text === undefined ? [] : [[name ?? '', text]]))
      assert.equal(read(pairs)['docker.data.percent'], percent)
    })
  }

  test('has no figure for other drivers and for sizes that cannot be read', () => {
    assert.deepEqual(
      parseDriverStatus([
        ['Backing Filesystem', 'extfs'],
        ['Data Space Used', 'much'],
        ['Data Space Total', '1 block'],
        ['Data file', '/dev/loop0'],
        [],
      ]),
      [],
    )
  })
})
