import { readUdpDrops } from '../../test/flow/dogstatsd-drops.ts'
import type { Tally } from './intake.ts'
import type { Load } from './load.ts'
import { arrivesWithinMs, sum } from './measure.ts'
import { openStage, receiverPort } from './stage.ts'
import { waitUntil } from '../../test/flow/wait-until.ts'
import type { Figure } from '../report.ts'

const senderCount = 3
const durationMs = 10_000

/** More by UDP than can be read: the kernel drops, the agent counts it, and its other sources go on as if nothing were. */
export async function benchFlood(): Promise<readonly Figure[]> {
  await using stage = await openStage({ env: { VIGIE_SOURCES_HOST_ENABLED: 'true' } })
  const load: Load = {
    to: stage.udp,
    isPacked: true,
    contexts: 1000,
    format: 'dogstatsd',
    packetsPerS: 0,
    durationMs,
    isPatient: true,
    hasTickets: true,
  }
  const fromS = Date.now() / 1000
  const senders = Array.from({ length: senderCount }, () => stage.send(load))
  const sent = sum((await Promise.all(senders)).map(({ packets }) => packets))
  const toS = Date.now() / 1000
  const drops = readUdpDrops(stage.agentPid, receiverPort)
  let after = await stage.tally()
  await waitUntil('all packets', arrivesWithinMs, async () => {
    after = await stage.tally()
    return after.packets + toldDrops(after) >= sent - 0.5
  }).catch(() => undefined)
  const [read, told] = [Math.round(after.packets), toldDrops(after)]
  const beats = after.beats.filter((second) => second > fromS && second < toS)
  return [
    { what: 'sent in multiples of what was read', measured: sent / read, unit: '×' },
    { what: 'dropped by the kernel', measured: (drops / sent) * 100, unit: '%' },
    {
      what: 'dropped and not counted by the agent, packets',
      measured: Math.abs(drops - told),
      unit: '',
      atMost: 0,
    },
    {
      what: 'sent, and neither read nor counted as dropped, packets',
      measured: Math.abs(sent - read - told),
      unit: '',
      atMost: 0,
    },
    {
      what: 'longest pause of a source that tells something each second',
      measured: longestGap(beats),
      unit: 's',
      atMost: 1,
    },
  ]
}

function toldDrops({ report }: Tally): number {
  return report?.dropped['dogstatsd.udp_kernel'] ?? 0
}

function longestGap(secondsOfPoints: readonly number[]): number {
  const gaps = secondsOfPoints.slice(1).map((second, at) => second - (secondsOfPoints[at] ?? 0))
  return gaps.length === 0 ? Infinity : Math.max(...gaps)
}
