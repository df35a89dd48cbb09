import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from '../../test/flow/wait-until.ts'
import type { Tally } from './intake.ts'
import type { Load, Sent } from './load.ts'
import type { Stage } from './stage.ts'
import { median, readMainThread, readUsage, readWholeMachine, type Usage } from '../process-cost.ts'

/** What an agent did with the loads of some senders, from the first packet until all was delivered. */
export interface Course {
  readonly sent: readonly Sent[]
  /** Share of one core that the agent took while each was sent. */
  readonly cores: readonly number[]
  /** CPU of the agent in all, with that of flushing and delivering. */
  readonly cpuSeconds: number
  /** How much of it its main thread took, which makes series and delivers; the rest is mostly receiving. */
  readonly mainCpuSeconds: number
  /** What others on this machine took meanwhile, as cores: measurements suffer from it. */
  readonly foreignCores: number
  /** Sum of counters that was sent and has not arrived; below 0 if more has arrived than was sent. */
  readonly missing: number
  /** `missing` as a share of what was sent. */
  readonly lostRatio: number
  /** The highest resident memory. */
  readonly peakBytes: number
}

export const mebibyte: number = 1024 * 1024
const intervalMs = 10_000
/** What flushing an interval and delivering it take. */
const deliveredWithinMs = 4000
export const arrivesWithinMs: number = intervalMs + deliveredWithinMs + 2000
const rssEveryMs = 100

/** Sends loads one after the other, then waits until all has arrived, or can no longer. */
export async function runCourse(stage: Stage, loads: readonly Load[]): Promise<Course> {
  const before = await stage.tally()
  using peak = watchPeak(stage.agentPid)
  const [from, mainFrom] = [usageOf(stage), readMainThread(stage.agentPid)]
  const [machineFrom, ownFrom] = [readWholeMachine(), readOwn(stage)]
  const sent: Sent[] = []
  const cores: number[] = []
  for (const load of loads) {
    const start = usageOf(stage)
    const one = await stage.send(load)
    sent.push(one)
    cores.push((usageOf(stage).cpuSeconds - start.cpuSeconds) / one.seconds)
  }
  const sentBy = usageOf(stage)
  const foreign =
    readWholeMachine() -
    machineFrom -
    (readOwn(stage) - ownFrom) -
    sum(sent.map((one) => one.cpuSeconds))
  const counted = sum(sent.map((one) => one.counted))
  const missing = await findMissing(stage, before, counted)
  return {
    sent,
    cores,
    cpuSeconds: usageOf(stage).cpuSeconds - from.cpuSeconds,
    mainCpuSeconds: readMainThread(stage.agentPid) - mainFrom,
    foreignCores: Math.max(0, (foreign / (sentBy.atMs - from.atMs)) * 1000),
    missing,
    lostRatio: missing / counted,
    peakBytes: peak.bytes(),
  }
}

/** Waits until what has been sent so far has arrived, as far as it will: until an interval has ended and is delivered. */
export async function waitForInterval(): Promise<void> {
  await sleep(intervalMs - (Date.now() % intervalMs) + deliveredWithinMs)
}

/** Metrics a second of each sender. */
export function rates(sent: readonly Sent[]): readonly number[] {
  return sent.map(({ metrics, seconds }) => metrics / seconds)
}

/** CPU seconds of the agent for a million metrics, delivery included. */
export function cpuPerMillion({ cpuSeconds, sent }: Course): number {
  return perMillion(cpuSeconds, sent)
}

/** The main thread's part of that. */
export function mainCpuPerMillion({ mainCpuSeconds, sent }: Course): number {
  return perMillion(mainCpuSeconds, sent)
}

function perMillion(seconds: number, sent: readonly Sent[]): number {
  return (seconds / sum(sent.map(({ metrics }) => metrics))) * 1e6
}

/** A figure's middle one and how far apart they are. */
export function summarise(values: readonly number[]): {
  readonly measured: number
  readonly noise?: string
} {
  const measured = median(values)
  if (values.length < 2) return { measured }
  return {
    measured,
    noise: `${Math.min(...values).toPrecision(3)} to ${Math.max(...values).toPrecision(3)}`,
  }
}

/** CPU seconds of all that a course consists of but its senders. */
function readOwn({ agentPid, intakePid }: Stage): number {
  return readUsage([agentPid, intakePid, process.pid]).cpuSeconds
}

export function usageOf({ agentPid }: Stage): Usage {
  return readUsage([agentPid])
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * Waits until all that was sent since `before` has arrived, or can no longer.
 * @returns The sum of counters that has not; below 0 if more has arrived than was sent.
 */
export async function findMissing(stage: Stage, before: Tally, counted: number): Promise<number> {
  let missing = counted
  await waitUntil('all that was sent', arrivesWithinMs, async () => {
    missing = Math.round(counted - ((await stage.tally()).counted - before.counted))
    return missing <= 0
  }).catch(() => undefined)
  return missing
}

function watchPeak(pid: number): Disposable & { readonly bytes: () => number } {
  let bytes = 0
  const look = (): void => {
    bytes = Math.max(bytes, readUsage([pid]).rssBytes)
  }
  const timer = setInterval(look, rssEveryMs)
  return {
    bytes: () => {
      look()
      return bytes
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
