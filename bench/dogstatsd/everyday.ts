import { setTimeout as sleep } from 'node:timers/promises'
import type { Load } from './load.ts'
import { runCourse, sum, summarise, usageOf, waitForInterval } from './measure.ts'
import { usualQueueLength } from './room.ts'
import { openStage, type Stage } from './stage.ts'
import { cpuPercent } from '../process-cost.ts'
import type { Figure } from '../report.ts'

const windowMs = 10_000
/** An agent that has just started still compiles. */
const settleMs = 3000
const single: Omit<Load, 'to' | 'packetsPerS'> = {
  isPacked: false,
  contexts: 1000,
  format: 'dogstatsd',
  durationMs: 3000,
  isPatient: true,
}

/** What a program costs that sends a little all the time, by each transport. */
export async function benchSlow(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const rest = await measureRest(stage)
  const percent = async (to: Load['to']): Promise<number> => {
    const load = { ...single, to, packetsPerS: 1000, durationMs: windowMs }
    const { cores, lostRatio } = await runCourse(stage, [load])
    if (lostRatio !== 0) throw new Error('Metrics were lost at 1,000 packets a second')
    return sum(cores) * 100
  }
  await stage.send({ ...single, to: stage.udp, packetsPerS: 1000 })
  await waitForInterval()
  const unit = '% of a core'
  return [
    { what: 'agent at rest, CPU', measured: rest, unit },
    { what: 'agent, CPU, by UDP', measured: await percent(stage.udp), unit, atMost: 1.2 },
    { what: 'agent, CPU, by UDS', measured: await percent(stage.uds), unit, atMost: 1.2 },
  ]
}

/** Most clients throw away what does not go at once. */
export async function benchImpatient(): Promise<readonly Figure[]> {
  return [await measureRefused(usualQueueLength, 8), await measureRefused(256, 0)]
}

async function measureRefused(queueLength: number, atMost: number): Promise<Figure> {
  await using stage = await openStage({ queueLength })
  const load: Load = { ...single, to: stage.uds, packetsPerS: 50_000, isPatient: false }
  await runCourse(stage, [load])
  const { sent, missing } = await runCourse(stage, [load, load, load])
  if (missing !== 0) throw new Error(`Of what was taken ${missing} is missing in the end`)
  const shares = sent.map(({ packets, refused }) => (refused / (packets + refused)) * 100)
  return {
    what: `thrown away with net.unix.max_dgram_qlen at ${queueLength}`,
    ...summarise(shares),
    unit: '%',
    atMost,
  }
}

async function measureRest(stage: Stage): Promise<number> {
  await sleep(settleMs)
  const from = usageOf(stage)
  await sleep(windowMs)
  return cpuPercent(from, usageOf(stage))
}
