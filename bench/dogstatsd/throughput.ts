import { readUdpDrops } from '../../test/flow/dogstatsd-drops.ts'
import type { Load } from './load.ts'
import {
  cpuPerMillion,
  mainCpuPerMillion,
  mebibyte,
  rates,
  runCourse,
  summarise,
  waitForInterval,
  type Course,
} from './measure.ts'
import { openStage, receiverPort, waitForRest, type Stage } from './stage.ts'
import type { Figure } from '../report.ts'

const repetitions = 3
const durationMs = 3000
const probeMs = 1500
/** Packets a second that are tried by UDP, where nothing holds a sender up, until nothing is lost; 0 is as many as go. */
const udpPacketsPerS = [0, 310_000, 290_000, 270_000, 250_000, 220_000, 190_000, 150_000, 100_000]

const full: Omit<Load, 'to'> = {
  isPacked: true,
  contexts: 1000,
  format: 'dogstatsd',
  packetsPerS: 0,
  durationMs,
  isPatient: true,
}

export async function benchUdsPacked(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const course = await run(stage, { ...full, to: stage.uds })
  return [millions(course, 5), ...costs(course)]
}

export async function benchUdpPacked(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const course = await run(stage, await findLossless(stage, { ...full, to: stage.udp }))
  return [millions(course, 5), ...costs(course)]
}

export async function benchUdsSingle(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const course = await run(stage, { ...full, to: stage.uds, isPacked: false })
  return [thousands(course, 550), cores(course), ...losses(course)]
}

export async function benchUdpSingle(): Promise<readonly Figure[]> {
  await using stage = await openStage()
  const load = await findLossless(stage, { ...full, to: stage.udp, isPacked: false })
  const course = await run(stage, load)
  return [thousands(course, 280), cores(course, 0.4), ...losses(course)]
}

/** As many contexts as are allowed, and what is left of their memory when they are forgotten. */
export async function benchManyContexts(): Promise<readonly Figure[]> {
  await using stage = await openStage({ env: { DD_DOGSTATSD_EXPIRY_SECONDS: '20' } })
  const restBytes = await waitForRest(stage)
  const course = await run(stage, { ...full, to: stage.uds, contexts: 100_000 })
  const afterBytes = await waitForRest(stage, restBytes + 30 * mebibyte)
  return [
    millions(course, 2.5),
    cores(course),
    ...perMillion(course),
    ...losses(course),
    memory(course, 380),
    { what: 'agent, memory before', measured: restBytes / mebibyte, unit: 'MiB' },
    {
      what: 'agent, memory more than before, afterwards',
      measured: (afterBytes - restBytes) / mebibyte,
      unit: 'MiB',
      atMost: 30,
    },
  ]
}

/** Warms up what is compiled while it runs, then measures. */
async function run(stage: Stage, load: Load): Promise<Course> {
  await runCourse(stage, [{ ...load, packetsPerS: 50_000, durationMs: probeMs }])
  return runCourse(stage, Array<Load>(repetitions).fill(load))
}

/** The fastest of the loads of which the kernel drops nothing; the slowest where it drops of all. */
async function findLossless(stage: Stage, load: Load): Promise<Load> {
  await stage.send({ ...load, packetsPerS: 50_000, durationMs: probeMs })
  let tried = load
  for (const packetsPerS of udpPacketsPerS) {
    tried = { ...load, packetsPerS }
    const before = readUdpDrops(stage.agentPid, receiverPort)
    await stage.send({ ...tried, durationMs: probeMs })
    if (readUdpDrops(stage.agentPid, receiverPort) === before) break
  }
  await waitForInterval()
  return tried
}

function millions({ sent }: Course, atLeast: number): Figure {
  const values = rates(sent).map((rate) => rate / 1e6)
  return { what: 'metrics a second', ...summarise(values), unit: 'million', atLeast }
}

function thousands({ sent }: Course, atLeast: number): Figure {
  const values = rates(sent).map((rate) => rate / 1e3)
  return { what: 'packets a second', ...summarise(values), unit: 'thousand', atLeast }
}

function costs(course: Course): readonly Figure[] {
  return [cores(course, 1), ...perMillion(course, 0.17), ...losses(course), memory(course, 130)]
}

function perMillion(course: Course, atMost?: number): readonly Figure[] {
  const unit = 's'
  const whole = {
    what: 'agent, CPU for a million metrics',
    measured: cpuPerMillion(course),
    unit,
  }
  return [
    atMost === undefined ? whole : { ...whole, atMost },
    { what: 'of that, its main thread', measured: mainCpuPerMillion(course), unit },
  ]
}

function cores(course: Course, atMost?: number): Figure {
  const figure = { what: 'agent, CPU while it comes in', ...summarise(course.cores), unit: 'cores' }
  return atMost === undefined ? figure : { ...figure, atMost }
}

function losses({ lostRatio, sent, foreignCores }: Course): readonly Figure[] {
  const seconds = sent.map((one) => one.cpuSeconds / one.seconds)
  return [
    { what: 'sent and not delivered', measured: Math.abs(lostRatio) * 100, unit: '%', atMost: 0 },
    { what: 'sender, CPU', ...summarise(seconds), unit: 'cores' },
    { what: 'others on this machine, CPU meanwhile', measured: foreignCores, unit: 'cores' },
  ]
}

function memory({ peakBytes }: Course, atMost: number): Figure {
  return { what: 'agent, highest memory', measured: peakBytes / mebibyte, unit: 'MiB', atMost }
}
