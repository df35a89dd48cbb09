import { describe, test } from 'node:test'
import { openEngine } from '../../engine/engine.ts'
import {
  assertBetween,
  assertEveryMetric,
  assertLimits,
  byMetric,
  startFullContainer,
} from '../../flow/every-metric.ts'
import { viewKernel } from '../../flow/kernel-metrics.ts'
import { cgroupDrivers, engineHost, engineRoot } from './guest-engines.ts'
import { runCheck } from './run-check.ts'

const runs = 6

for (const driver of cgroupDrivers) {
  describe(`every metric on cgroup v2 with the ${driver} driver`, () => {
    test('is told of a container with all limits, and no other', async () => {
      await using engine = openEngine(engineHost(driver))
      const full = await startFullContainer(engine, engineRoot(driver))
      const first = viewKernel(full)
      const seen = byMetric(await runCheck(engine.dockerHost, runs), full.id)
      const last = viewKernel(full)
      assertEveryMetric(seen, last)
      assertLimits(seen, last)
      assertBetween(seen, [first, last])
    })
  })
}
