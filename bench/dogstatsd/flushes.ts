import { readUdpDrops } from '../../test/flow/dogstatsd-drops.ts'
import type { Load } from './load.ts'
import { findMissing, sum } from './measure.ts'
import { openStage, receiverPort } from './stage.ts'
import type { Figure } from '../report.ts'

/** Eleven intervals have ten ends in them, whenever the first begins. */
const durationMs = 105_000

/** By both transports at once, while ten intervals end: what is sent in between must all be there. */
export async function benchFlushes(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const load: Omit<Load, 'to'> = {
    isPacked: true,
    contexts: 1000,
    format: 'dogstatsd',
    packetsPerS: 20_000,
    durationMs,
    isPatient: true,
  }
  const before = await stage.tally()
  const sent = await Promise.all([stage.uds, stage.udp].map((to) => stage.send({ ...load, to })))
  const missing = await findMissing(stage, before, sum(sent.map(({ counted }) => counted)))
  const tally = await stage.tally()
  return [
    {
      what: 'flushes while packets came in',
      measured: tally.intervals.length - 1,
      unit: '',
      atLeast: 10,
    },
    {
      what: 'counted by senders and not delivered, of both transports',
      measured: Math.abs(missing),
      unit: '',
      atMost: 0,
    },
    {
      what: 'dropped by the kernel',
      measured: readUdpDrops(stage.agentPid, receiverPort),
      unit: 'packets',
      atMost: 0,
    },
    {
      what: 'longest pause of receiving',
      measured: tally.own['vigie.dogstatsd.longest_pause'] ?? Number.NaN,
      unit: 'ms',
      atMost: 5,
    },
  ]
}
