import { spawnSync } from 'node:child_process'
import { median, readPeak, readUsage } from '../process-cost.ts'
import { reportFigures, type Figure } from '../report.ts'
import { openDashboard } from './ask-dashboard.ts'
import type { Contestant, Question } from './contestant.ts'
import { askedMetric, makeLoad, type LoadSeries } from './load.ts'
import { prometheus, startPeer, victoriaMetrics } from './start-peer.ts'
import { startOurs, type TableSize } from './start-vigie.ts'

/** Seconds of all series; the whole day of the bar would be 86,400. */
const seconds = Number(process.env['VIGIE_BENCH_STORE_SECONDS'] ?? 900)
const historyDays = Number(process.env['VIGIE_BENCH_STORE_DAYS'] ?? 30)
const historyStepS = 60
/** Points of one request of the history: 25 minutes of 400 series. */
const historyBatch = 25
const rounds = 20
const onTheWay = 3
const mebibyte = 1024 * 1024

/** What one program did with the load. */
interface Course {
  readonly points: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakBytes: number
  readonly diskBytes: number
  /** Milliseconds that each answer took, by the name of the question. */
  readonly answersMs: ReadonlyMap<string, readonly number[]>
  /** Milliseconds that the whole Docker dashboard took; empty for others. */
  readonly dashboardMs: readonly number[]
  readonly dashboardQuestions: number
}

/**
 * 30 days of one metric of 400 containers at 60 s, then all of their 16,000 series at 1 s: what it costs to take them in and
 * roll them up, what they take on disk, and how soon questions are answered. VictoriaMetrics and Prometheus get the same points
 * by their own protocol, and the same questions.
 * @returns Whether all bars hold.
 */
export async function benchStore(): Promise<boolean> {
  const courses = new Map<string, Course>()
  let tables: readonly TableSize[] = []
  {
    await using ours = await startOurs()
    courses.set(ours.name, await run(ours, ours.url))
    tables = ours.tables()
  }
  for (const peer of [victoriaMetrics, prometheus]) {
    if (spawnSync(peer.program, ['--version']).error !== undefined) continue
    await using contestant = await startPeer(peer)
    courses.set(peer.name, await run(contestant))
  }
  return report(courses, tables)
}

/** @param url Of a server that has the Docker dashboard. */
async function run(contestant: Contestant, url?: string): Promise<Course> {
  const load = makeLoad('bench-host')
  const toS = Math.floor(Date.now() / 1000)
  await writeHistory(contestant, load, toS - seconds)
  await contestant.settle()
  const before = readUsage([contestant.pid])
  let second = toS - seconds
  const send = async (): Promise<void> => {
    while (second < toS) await contestant.write(load, [second++])
  }
  await Promise.all(Array.from({ length: onTheWay }, send))
  const taken = readUsage([contestant.pid])
  await contestant.settle()
  const settled = readUsage([contestant.pid])
  const answersMs = await askAll(contestant, toS)
  const dashboard = await askDashboard(url, toS)
  const peakBytes = readPeak(contestant.pid)
  return {
    points: seconds * load.length,
    cpuSeconds: settled.cpuSeconds - before.cpuSeconds,
    wallSeconds: (taken.atMs - before.atMs) / 1000,
    peakBytes,
    diskBytes: await contestant.measureDisk(),
    answersMs,
    ...dashboard,
  }
}

async function askDashboard(
  url: string | undefined,
  toS: number,
): Promise<Pick<Course, 'dashboardMs' | 'dashboardQuestions'>> {
  if (url === undefined) return { dashboardMs: [], dashboardQuestions: 0 }
  const { questions, ask } = await openDashboard(url, { fromS: toS - 3600, toS })
  return { dashboardMs: await timeAnswers(ask), dashboardQuestions: questions }
}

/** How long each of the rounds took, after one that warms up. */
async function timeAnswers(ask: () => Promise<void>): Promise<readonly number[]> {
  await ask()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now()
    await ask()
    times.push(performance.now() - startMs)
  }
  return times
}

async function writeHistory(
  contestant: Contestant,
  load: readonly LoadSeries[],
  toS: number,
): Promise<void> {
  const asked = load.filter(({ series }) => series.metric === askedMetric)
  const stepsAtOnce = Array.from({ length: historyBatch }, (_none, step) => step * historyStepS)
  const lastS = Math.floor(toS / historyStepS) * historyStepS
  for (let fromS = lastS - historyDays * 86_400; fromS < lastS;) {
    const times = stepsAtOnce.map((step) => fromS + step).filter((time) => time < lastS)
    await contestant.write(asked, times)
    fromS += historyBatch * historyStepS
  }
}

/** With the bar of the answer's 95th percentile, in milliseconds. */
const questions = {
  'the last hour by container': { spanS: 3600, stepS: 10, by: 'container_name', atMost: 60 },
  'one day by image': { spanS: 86_400, stepS: 300, by: 'short_image', atMost: 150 },
  [`${historyDays} days by image`]: {
    spanS: historyDays * 86_400,
    stepS: 7200,
    by: 'short_image',
    atMost: 250,
  },
} as const

async function askAll(contestant: Contestant, toS: number): Promise<Course['answersMs']> {
  const answers = new Map<string, readonly number[]>()
  for (const [name, { spanS, stepS, by }] of Object.entries(questions)) {
    const question: Question = { fromS: toS - spanS, toS, stepS, by }
    answers.set(name, await timeAnswers(() => contestant.ask(question)))
  }
  return answers
}

function report(courses: ReadonlyMap<string, Course>, tables: readonly TableSize[]): boolean {
  const ours = courses.get('Vigie')
  if (ours === undefined) throw new Error('Our own server was not measured')
  const raw = tables.find(({ table }) => table === 'points_1s')
  const figures: Figure[] = [
    {
      what: 'points taken in and rolled up, for each second of CPU of the server',
      measured: ours.points / ours.cpuSeconds / 1000,
      unit: 'thousand',
      atLeast: 400,
    },
    {
      what: 'highest memory of the server',
      measured: ours.peakBytes / mebibyte,
      unit: 'MiB',
      atMost: 1024,
    },
    {
      what: 'on disk, each raw point',
      measured: (raw?.bytes ?? Number.NaN) / (raw?.rows ?? Number.NaN),
      unit: 'bytes',
      atMost: 2,
    },
    ...tables.map(({ table, rows, bytes }) => ({
      what: `\`${table}\`: ${(rows / 1e6).toFixed(1)} million rows, each`,
      measured: bytes / rows,
      unit: 'bytes',
    })),
    ...Object.entries(questions).map(([name, { atMost }]) => ({
      what: `${name}, 95th percentile of ${rounds}`,
      measured: percentile95(ours.answersMs.get(name) ?? []),
      unit: 'ms',
      atMost,
    })),
    {
      what: `the whole Docker dashboard of an hour, ${ours.dashboardQuestions} questions, 95th percentile of ${rounds}`,
      measured: percentile95(ours.dashboardMs),
      unit: 'ms',
      atMost: 800,
    },
    ...[...courses].flatMap(([name, course]) =>
      course === ours ? [] : compare(name, course, ours),
    ),
  ]
  return reportFigures(
    `Store: ${(ours.points / 1e6).toFixed(1)} million points of 16,000 series, ${historyDays} days of one metric`,
    figures,
  )
}

/** Above 1 we are the better. */
function compare(name: string, peer: Course, ours: Course): readonly Figure[] {
  const ratio = (what: string, measured: number, noise: string): Figure => ({
    what: `${name}: ${what}`,
    measured,
    unit: '× ours',
    noise,
  })
  const allBytes = (course: Course): string => `${(course.diskBytes / mebibyte).toFixed(0)} MiB`
  return [
    ratio(
      'CPU for the same points',
      peer.cpuSeconds / ours.cpuSeconds,
      `${peer.cpuSeconds.toFixed(1)} s, ours ${ours.cpuSeconds.toFixed(1)} s`,
    ),
    ratio(
      'time to take them in',
      peer.wallSeconds / ours.wallSeconds,
      `${peer.wallSeconds.toFixed(1)} s, ours ${ours.wallSeconds.toFixed(1)} s`,
    ),
    ratio(
      'disk in all, without and with rollups',
      peer.diskBytes / ours.diskBytes,
      `${allBytes(peer)}, ours ${allBytes(ours)}`,
    ),
    ratio(
      'highest memory',
      peer.peakBytes / ours.peakBytes,
      `${(peer.peakBytes / mebibyte).toFixed(0)} MiB, ours ${(ours.peakBytes / mebibyte).toFixed(0)} MiB`,
    ),
    ...Object.keys(questions).map((question) => {
      const theirs = median(peer.answersMs.get(question) ?? [])
      const own = median(ours.answersMs.get(question) ?? [])
      return ratio(
        `${question}, median`,
        theirs / own,
        `${theirs.toFixed(0)} ms, ours ${own.toFixed(0)} ms`,
      )
    }),
  ]
}

function percentile95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN
}
