import { readFileSync } from 'node:fs'
import { cpus, release, totalmem, type as osType } from 'node:os'
import { z } from 'zod'
import { findHierarchy } from '../../cgroup/hierarchy.ts'
import { durationWithin } from '../../component/duration.ts'
import { defineSource } from '../../component/source.ts'
import { runs } from '../../component/runs.ts'
import { SeriesSet } from '../../component/series-set.ts'
import type { AgentReport, HostFacts } from '../../model/agent-report.ts'
import { createCostMeter } from './cost.ts'

export default defineSource({
  name: 'agent',
  about: 'What the agent says about itself: its sources, what it dropped, what it costs',
  config: z.strictObject({
    interval: durationWithin('1s', '1h').prefault('1s').describe('Time between two reports'),
  }),
  async run({ interval: intervalMs }, context) {
    const { environment, telemetry, clock, emit } = context
    const startedAtMs = clock()
    const measureCost = createCostMeter()
    const series = new SeriesSet(
      environment.hostname,
      [],
      Math.max(1, Math.round(intervalMs / 1000)),
    )
    const hostFacts = readHostFacts(environment.cgroupRoot)
    for await (const timeMs of runs('agent', intervalMs, context)) {
      const cost = measureCost()
      const { engine, ...known } = telemetry.snapshot()
      const report: AgentReport = {
        kind: 'agent-report',
        ...(environment.agentId !== '' && { agentId: environment.agentId }),
        host: environment.hostname,
        timeMs,
        version: environment.version,
        pid: process.pid,
        startedAtMs,
        ...cost,
        ...known,
        ...(engine && { engine }),
        hostFacts,
      }
      await emit([
        report,
        series.point('vigie.agent.cpu.usage', cost.cpuRatio * 100, { timeMs }),
        series.point('vigie.agent.mem.rss', cost.rssBytes, { timeMs }),
      ])
    }
  },
})

function readHostFacts(cgroupRoot: string): HostFacts {
  return {
    cpuCount: cpus().length,
    memoryBytes: totalmem(),
    os: readOsName(),
    kernel: release(),
    cgroupVersion: findHierarchy(cgroupRoot).version,
  }
}

/**
 * `Debian GNU/Linux 12 (bookworm)`; inside a container that of the image.
 * @see os-release(5)
 */
function readOsName(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8')
    return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(text)?.[1] ?? osType()
  } catch {
    return osType()
  }
}
