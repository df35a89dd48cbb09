import { benchImpatient, benchSlow } from './everyday.ts'
import { benchFlood } from './flood.ts'
import { benchFlushes } from './flushes.ts'
import { benchRatios } from './ratios.ts'
import {
  benchManyContexts,
  benchUdpPacked,
  benchUdpSingle,
  benchUdsPacked,
  benchUdsSingle,
} from './throughput.ts'
import { reportFigures, type Figure } from '../report.ts'

interface Scenario {
  readonly title: string
  readonly run: () => Promise<readonly Figure[]>
}

/** By the names to ask for in `VIGIE_BENCH_SCENARIOS`, with commas between them. */
const scenarios: Readonly<Record<string, Scenario>> = {
  'uds-packed': { title: 'by UDS, some 20 metrics a packet, 1,000 contexts', run: benchUdsPacked },
  'udp-packed': { title: 'by UDP, some 20 metrics a packet, 1,000 contexts', run: benchUdpPacked },
  'uds-single': { title: 'by UDS, one metric a packet', run: benchUdsSingle },
  'udp-single': { title: 'by UDP, one metric a packet', run: benchUdpSingle },
  'many-contexts': { title: 'by UDS, 100,000 contexts', run: benchManyContexts },
  slow: { title: '1,000 packets a second', run: benchSlow },
  impatient: {
    title: '50,000 packets a second from clients that do not wait',
    run: benchImpatient,
  },
  flood: { title: 'a flood by UDP', run: benchFlood },
  flushes: { title: 'ten flushes under load', run: benchFlushes },
  ratios: { title: 'beside others, by UDP at full speed', run: benchRatios },
}

/**
 * Metrics that programs send: an agent of its own on the shipped output, senders that reach hundreds of thousands of packets a
 * second, an intake that adds up what arrives in the end, so that nothing lost on the way goes unseen.
 * @returns Whether all bars hold.
 */
export async function benchDogstatsd(): Promise<boolean> {
  const asked = process.env['VIGIE_BENCH_SCENARIOS']?.split(',') ?? Object.keys(scenarios)
  let isAllKept = true
  for (const name of asked) {
    const scenario = scenarios[name]
    if (scenario === undefined) throw new Error(`There is no scenario ${name}`)
    isAllKept = reportFigures(`DogStatsD, ${scenario.title}`, await scenario.run()) && isAllKept
  }
  return isAllKept
}
