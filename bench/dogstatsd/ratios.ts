import type { Load } from './load.ts'
import { cpuPerMillion, runCourse, sum } from './measure.ts'
import { runPeer, startPlainPeer, startStatsd, type PeerCourse } from './peers.ts'
import { openStage, receiverPort } from './stage.ts'
import type { Figure } from '../report.ts'
import util from 'node:util'

const load: Load = {
  to: { kind: 'udp', port: receiverPort },
  isPacked: true,
  contexts: 1000,
  format: 'dogstatsd',
  packetsPerS: 0,
  durationMs: 3000,
  isPatient: true,
}

/** The same sender at full speed to us and to others: packed first, then one metric a packet. */
export async function benchRatios(): Promise<readonly Figure[]> {
  if (!('log' in util)) {
    console.log(
      'The npm package `statsd` does not start on this Node, which has no `util.log`: it is given one.\n',
    )
  }
  const shapes = [true, false].map((isPacked): Load => ({ ...load, isPacked }))
  const etsy = shapes.map((shape): Load => ({ ...shape, format: 'etsy' }))
  const [ours, plain] = [await runOurs(shapes), await runPeer(startPlainPeer, shapes)]
  const [oursEtsy, statsd] = [await runOurs(etsy), await runPeer(startStatsd, etsy)]
  return ['packed', 'single'].flatMap((shape, at) => [
    ...compare(`${shape}, \`node:dgram\` and \`split\``, ours[at], plain[at]),
    ...compare(`${shape}, npm package \`statsd\`, Etsy's format`, oursEtsy[at], statsd[at]),
  ])
}

async function runOurs(loads: readonly Load[]): Promise<readonly PeerCourse[]> {
  await using stage = await openStage()
  const courses: PeerCourse[] = []
  for (const one of loads) {
    const course = await runCourse(stage, [one])
    const kept = 1 - course.lostRatio
    const [sent] = course.sent
    courses.push({
      metricsPerS: (sum(course.sent.map(({ metrics }) => metrics)) * kept) / (sent?.seconds ?? 1),
      cpuPerMillion: cpuPerMillion(course) / kept,
      lostRatio: course.lostRatio,
    })
  }
  return courses
}

function compare(
  what: string,
  ours: PeerCourse | undefined,
  theirs: PeerCourse | undefined,
): readonly Figure[] {
  if (ours === undefined || theirs === undefined) throw new Error('There is nothing to compare')
  return [
    {
      what: `${what}: metrics a second taken in`,
      measured: theirs.metricsPerS / 1e6,
      unit: 'million',
    },
    { what: `${what}: ours`, measured: ours.metricsPerS / 1e6, unit: 'million' },
    {
      what: `${what}: ours in multiples`,
      measured: ours.metricsPerS / theirs.metricsPerS,
      unit: '×',
    },
    { what: `${what}: lost`, measured: theirs.lostRatio * 100, unit: '%' },
    { what: `${what}: lost by ours`, measured: ours.lostRatio * 100, unit: '%' },
    { what: `${what}: CPU for a million`, measured: theirs.cpuPerMillion, unit: 's' },
    {
      what: `${what}: CPU in multiples of ours`,
      measured: theirs.cpuPerMillion / ours.cpuPerMillion,
      unit: '×',
    },
  ]
}
