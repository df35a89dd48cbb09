import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countCpus } from './count-cpus.ts'

describe('countCpus()', () => {
  const cases: readonly [list: string, count: number | undefined][] = [
    ['0', 1],
    ['0-3', 4],
    ['0-3,7', 5],
    ['0,2,4-5\n', 4],
    ['', undefined],
    ['\n', undefined],
    ['all', undefined],
    ['3-0', undefined],
  ]
  for (const [list, count] of cases)
    test(`gives ${count} for ${JSON.stringify(list)}`, () => assert.equal(countCpus(list), count))
})
