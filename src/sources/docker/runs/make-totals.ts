import type { ContainerTotals, TotalsMethod } from '../../../model/container-totals.ts'
import type { Subject } from '../events/event-subjects.ts'
import type { Reading } from '../figures/reading.ts'
import type { EndedRun } from './run.ts'

/** A CPU total is exact when it can be off by no more than this, together with a share of itself. */
const exactNanos = 10_000_000
const exactShare = 0.02

/** A CPU total with its way and bound. */
interface CpuTotal {
  readonly method: TotalsMethod
  readonly cpuNanos: number | undefined
  readonly errorNanos: number
}

/**
 * Puts together what is known of a run that has ended.
 * @param options.hostCpuCount CPUs of the host: without a limit, a container can use all of them after its last reading.
 */
export function makeTotals(
  run: EndedRun,
  subject: Subject,
  options: { readonly host: string; readonly hostCpuCount: number },
): ContainerTotals {
  const cpu = chooseCpu(run, options.hostCpuCount)
  const isExact = isExactEnough(cpu)
  return {
    kind: 'container-totals',
    host: options.host,
    containerId: run.containerId,
    name: subject.name,
    image: subject.image,
    tags: subject.tags,
    startedAtMs: run.startedAtMs,
    // The engine notes the start after the process has begun: a very short one has ended before.
    finishedAtMs: Math.max(run.startedAtMs, run.finishedAtMs),
    ...(run.exitCode !== undefined && { exitCode: run.exitCode }),
    wasOomKilled: run.wasOomKilled || (run.life?.oomKills ?? 0) > 0,
    ...(cpu.cpuNanos !== undefined && { cpuNanos: cpu.cpuNanos }),
    ...pickFigures(run, subject),
    method: cpu.method,
    isExact,
    reason: isExact ? '' : explain(cpu, run),
  }
}

/** The one of all ways that can be off by the least. */
function chooseCpu(run: EndedRun, hostCpuCount: number): CpuTotal {
  const { life, reading } = run
  const ways: CpuTotal[] = []
  if (life?.cpuNanos !== undefined)
    ways.push({ method: life.method, cpuNanos: life.cpuNanos, errorNanos: life.cpuErrorNanos })
  if (reading?.sample.cpuNanos !== undefined)
    ways.push({
      method: 'last_sample',
      cpuNanos: reading.sample.cpuNanos,
      errorNanos: boundGrowth(run, reading, hostCpuCount),
    })
  const [best] = ways.toSorted((one, other) => one.errorNanos - other.errorNanos)
  return best ?? { method: 'none', cpuNanos: undefined, errorNanos: Infinity }
}

/** What the container can have used between its last reading and its end. */
function boundGrowth(run: EndedRun, { sample, limits }: Reading, hostCpuCount: number): number {
  if (!run.wasSeen) return Infinity
  const ageMs = Math.max(0, run.endNoticedAtMs - sample.readAtMs)
  const { quotaCores = Infinity, cpusetCores = Infinity } = limits
  return ageMs * 1e6 * Math.min(quotaCores, cpusetCores, hostCpuCount)
}

function isExactEnough({ cpuNanos, errorNanos }: CpuTotal): boolean {
  return cpuNanos !== undefined && errorNanos <= exactNanos + cpuNanos * exactShare
}

/** All but the CPU total. */
const figureNames = [
  'cpuUserNanos',
  'cpuSystemNanos',
  'throttledNanos',
  'memoryPeakBytes',
  'readBytes',
  'writtenBytes',
  'receivedBytes',
  'sentBytes',
] as const

/** In the network of the host or of another container these are not its own. */
const networkNames: ReadonlySet<string> = new Set(['receivedBytes', 'sentBytes'])

type FigureName = (typeof figureNames)[number]
type Figures = { readonly [Name in FigureName]: number | undefined }

/** Each from the life of its cgroup, or else from the last reading; absent where neither has it. */
function pickFigures(
  { life, reading }: EndedRun,
  { isNetworkBorrowed = false }: Subject,
): { readonly [Name in FigureName]?: number } {
  const last = reading && figuresOf(reading)
  const picked: { [Name in FigureName]?: number } = {}
  for (const name of figureNames) {
    if (isNetworkBorrowed && networkNames.has(name)) continue
    const value = life?.[name] ?? last?.[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}

function figuresOf({ sample, limits, interfaces }: Reading): Figures {
  const { devices } = sample
  return {
    cpuUserNanos: sample.cpuUserNanos,
    cpuSystemNanos: sample.cpuSystemNanos,
    throttledNanos: sample.throttledNanos,
    memoryPeakBytes: limits.memoryPeakBytes,
    readBytes: devices?.reduce((sum, { readBytes }) => sum + readBytes, 0),
    writtenBytes: devices?.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0),
    receivedBytes: interfaces?.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
    sentBytes: interfaces?.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  }
}

function explain({ method, cpuNanos, errorNanos }: CpuTotal, run: EndedRun): string {
  if (cpuNanos === undefined) {
    if (!run.wasSeen) return 'It ended while the agent did not follow the engine'
    return run.life === undefined
      ? 'It ended before its cgroup could be read'
      : 'The CPU counter of its cgroup could not be read'
  }
  if (method === 'last_sample') return explainLastSample(run, errorNanos)
  if (!Number.isFinite(errorNanos)) return 'How far its CPU total can be off is not known'
  const from = method === 'parent_remainder' ? ', which its parent cgroup tells,' : ''
  return `Its CPU total${from} can be off by ${toSeconds(errorNanos)} s`
}

function explainLastSample({ life }: EndedRun, errorNanos: number): string {
  const what = 'Its CPU total is that of the last regular reading'
  const why = life === undefined ? ', since its end was not seen in the cgroup' : ''
  if (!Number.isFinite(errorNanos)) return `${what}${why}; how much is missing is not known`
  return `${what}${why}; up to ${toSeconds(errorNanos)} s can be missing`
}

function toSeconds(nanos: number): string {
  return (nanos / 1e9).toPrecision(2)
}
