import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CgroupLife } from '../src/cgroup/lifetime/cgroup-life.ts'
import { startPrivateEngine } from '../test/engine/private-engine.ts'
import { useCgroupParent } from '../test/flow/cgroup-parent.ts'
import { compareRuns, isExactLife } from '../test/flow/run-totals-check.ts'
import { runShortContainers } from '../test/flow/run-totals-load.ts'
import { waitUntil } from '../test/flow/wait-until.ts'
import { reportFigures } from './report.ts'

const runCount = Number(process.env['VIGIE_BENCH_RUNS'] ?? 200)
const cpuacct = '/sys/fs/cgroup/cpuacct'
const samplePeriods = [1, 10, 15]

/**
 * What becomes known of 200 containers that live 20 ms to 2 s, up to 20 at once: by our totals, and by reading all counters
 * every 1, 10 or 15 s. Held against what the kernel keeps of all of them, in a cgroup that nobody else is in. cgroup v1 only.
 * @returns Whether the bars hold.
 */
export async function benchRunTotals(): Promise<boolean> {
  await using engine = await startPrivateEngine()
  using parent = useCgroupParent(`/vigie-bench-${process.pid}`)
  const watched = await watchInOtherProcess()
  const samples = new EachSecond(`${cpuacct}${parent.path}`)
  const load = { engine, count: runCount, atOnce: 20, shortestMs: 20, longestMs: 2000 }
  const fromMs = performance.now()
  const runs = await runShortContainers({ ...load, cgroupParent: parent.path })
  const tookMs = performance.now() - fromMs
  samples.stop()
  const ids = new Set(runs.map(({ id }) => id))
  const own = (): readonly CgroupLife[] => watched.lives.filter((life) => ids.has(life.containerId))
  await waitUntil('all lives are told', 10_000, () => own().length >= runCount)
  const cost = await watched.end()
  const allNanos = readUsage(`${cpuacct}${parent.path}`)
  const { faults, aboveMs, methods } = compareRuns(runs, own())
  for (const fault of [...faults, ...watched.faults]) console.log(fault)
  const ours = own().reduce((sum, { cpuNanos = 0 }) => sum + cpuNanos, 0)
  const inexact = own().filter((life) => !isExactLife(life)).length
  return reportFigures(`Totals of ${runCount} containers that lived 20 ms to 2 s`, [
    {
      what: 'CPU that is not accounted for, ours',
      measured: missed(ours, allNanos),
      unit: '%',
      atMost: 2,
    },
    ...samplePeriods.map((periodS) => ({
      what: `the same, reading every ${periodS} s`,
      measured: missed(samples.accountFor(periodS), allNanos),
      unit: '%',
    })),
    {
      what: 'totals that are not exact',
      measured: (inexact / runCount) * 100,
      unit: '%',
      atMost: 1,
    },
    { what: 'totals that are wrong or missing', measured: faults.length, unit: '', atMost: 0 },
    ...['last_reading', 'parent_remainder', 'last_sample'].map((method) => ({
      what: `totals by ${method}`,
      measured: ((methods[method] ?? 0) / runCount) * 100,
      unit: '%',
    })),
    {
      what: 'total above the container’s own last reading, median',
      measured: aboveMs.median,
      unit: 'ms',
    },
    {
      what: 'CPU of the watch for each life',
      measured: cost.cpuMs / watched.lives.length,
      unit: 'ms',
    },
    { what: 'CPU of the watch, of one core', measured: (cost.cpuMs / tookMs) * 100, unit: '%' },
    { what: 'memory that the watch adds', measured: cost.addedRssBytes / 2 ** 20, unit: 'MiB' },
  ])
}

/** Percent; what somebody else used in between may make it a little less than none. */
function missed(nanos: number, allNanos: number): number {
  return Math.max(0, 1 - nanos / allNanos) * 100
}

function readUsage(folder: string): number {
  return Number(readFileSync(`${folder}/cpuacct.usage`, 'latin1'))
}

/** `undefined` when it has just been deleted. */
function readUsageIfThere(folder: string): number | undefined {
  try {
    return readUsage(folder)
  } catch {
    return undefined
  }
}

/** Reads the counters of all children of a cgroup once a second. */
class EachSecond {
  readonly #folder: string
  /** By child: the second and what it had used then. */
  readonly #readings = new Map<string, (readonly [second: number, nanos: number])[]>()
  readonly #timer: NodeJS.Timeout
  #second = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#timer = setInterval(() => this.#read(), 1000)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Sum of the last readings that a reader with this period would have had: the mean over all seconds it can start at. */
  accountFor(periodS: number): number {
    let sum = 0
    for (const readings of this.#readings.values()) {
      for (let phase = 0; phase < periodS; phase += 1) {
        sum += readings.findLast(([second]) => second % periodS === phase)?.[1] ?? 0
      }
    }
    return sum / periodS
  }

  #read(): void {
    this.#second += 1
    for (const name of listFolders(this.#folder)) {
      const nanos = readUsageIfThere(`${this.#folder}/${name}`)
      if (nanos === undefined) continue
      const readings = this.#readings.get(name) ?? []
      readings.push([this.#second, nanos])
      this.#readings.set(name, readings)
    }
  }
}

function listFolders(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return []
  }
}

interface OtherProcess {
  readonly lives: readonly CgroupLife[]
  readonly faults: readonly string[]
  end(): Promise<{ readonly cpuMs: number; readonly addedRssBytes: number }>
}

async function watchInOtherProcess(): Promise<OtherProcess> {
  const child = fork(new URL('lives-process.ts', import.meta.url))
  const lives: CgroupLife[] = []
  const faults: string[] = []
  child.on('message', (message) => {
    const { kind, life, message: fault } = Object(message)
    if (kind === 'life') lives.push(life)
    if (kind === 'fault') faults.push(fault)
  })
  await nextMessage(child, 'ready')
  // What the start costs is none of the lives'.
  await sleep(1000)
  return {
    lives,
    faults,
    end: async () => {
      const end = nextMessage(child, 'end')
      child.send('end')
      return Object(await end)
    },
  }
}

async function nextMessage(child: ChildProcess, kind: string): Promise<object> {
  for (;;) {
    const [message] = await once(child, 'message')
    if (Object(message).kind === kind) return Object(message)
  }
}
