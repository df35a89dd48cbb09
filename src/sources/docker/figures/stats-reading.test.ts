import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { parseStats, type EngineStats } from '../../../docker/parse-stats.ts'
import { toReading } from './stats-reading.ts'

function readCase(name: string): EngineStats {
  const url = new URL(`../../../docker/stats-cases/${name}.json`, import.meta.url)
  const stats = parseStats(JSON.parse(readFileSync(url, 'utf8')))
  assert.ok(stats)
  return stats
}

describe('toReading()', () => {
  test('takes counters from the answer and limits from the description', () => {
    const container = makeContainer({ cpuLimitCores: 0.1, memoryLimitBytes: 67_108_864 })
    const { sample, limits, interfaces } = toReading(readCase('docker-v2'), container, 1234)
    assert.equal(sample.readAtMs, 1234)
    assert.equal(sample.cpuNanos, 6_735_746_000)
    assert.deepEqual([limits.quotaCores, limits.cpusetCores], [0.1, 2])
    assert.deepEqual([limits.memoryBytes, limits.threads], [67_108_864, 4915])
    assert.deepEqual(
      interfaces?.map(({ name }) => name),
      ['eth0'],
    )
  })

  test('does not take the memory of the whole machine for a limit', () => {
    const { limits } = toReading(readCase('docker-v1'), makeContainer(), 1)
    assert.equal(limits.memoryBytes, undefined)
  })

  for (const networkMode of ['host', 'none']) {
    test(`has no traffic for the network "${networkMode}", for which Podman writes zeros`, () => {
      const container = makeContainer({ networkMode })
      assert.equal(toReading(readCase('podman-v1'), container, 1).interfaces, undefined)
    })
  }
})
