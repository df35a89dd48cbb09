import type { CgroupLife } from '../../src/cgroup/lifetime/cgroup-life.ts'
import { patience } from '../patience.ts'
import type { ShortRun } from './run-totals-load.ts'

/** How the totals that were told compare with what the containers themselves read. */
export interface RunComparison {
  /** One sentence for each total that is missing, told twice, or cannot be. */
  readonly faults: readonly string[]
  /** Share of the runs whose total is known to 10 ms and 2 %. */
  readonly exactRatio: number
  /** All totals together, by what the containers read together. */
  readonly sumRatio: number
  /** By how much the totals are above what was read, the middle one and the largest, in milliseconds. */
  readonly aboveMs: { readonly median: number; readonly most: number }
  /** The largest error that a total says it may have, in milliseconds. */
  readonly mostErrorMs: number
  readonly methods: Readonly<Record<string, number>>
}

/**
 * The share of many totals that has to be exact. Where other suites keep the machine busy, more ends are noticed too late, some
 * of them at the same time: those totals say by how much they may be wrong, and are held to that.
 */
export const leastExactRatio = patience === 1 ? 0.99 : 0.9

const toleratedNanos = 10e6
const toleratedRatio = 0.02

/** By how much a total may be above what the container read: what the end of its shell takes. */
export interface OwnEnd {
  readonly atMostMs: number
  readonly atMostRatio: number
}

const usualEnd: OwnEnd = { atMostMs: 10, atMostRatio: 0.02 }

/** The error that an exact total may have. */
export function isExactLife({ cpuNanos = 0, cpuErrorNanos }: CgroupLife): boolean {
  return cpuErrorNanos <= toleratedNanos + toleratedRatio * cpuNanos
}

/**
 * Holds each run against its life. A container reads its counter as its last act: the total is that and the end of its
 * shell.
 */
export function compareRuns(
  runs: readonly ShortRun[],
  lives: readonly CgroupLife[],
  { atMostMs, atMostRatio }: OwnEnd = usualEnd,
): RunComparison {
  const faults: string[] = []
  const above: number[] = []
  const methods: Record<string, number> = {}
  let [exact, printedSum, sum, mostErrorNanos] = [0, 0, 0, 0]
  for (const { id, name, printedNanos } of runs) {
    const [life, ...more] = lives.filter(({ containerId }) => containerId === id)
    if (life?.cpuNanos === undefined || more.length > 0) {
      faults.push(`${name} has ${life === undefined ? 0 : more.length + 1} totals`)
      continue
    }
    methods[life.method] = (methods[life.method] ?? 0) + 1
    if (isExactLife(life)) exact += 1
    mostErrorNanos = Math.max(mostErrorNanos, life.cpuErrorNanos)
    printedSum += printedNanos
    sum += life.cpuNanos
    const aboveNanos = life.cpuNanos - printedNanos
    above.push(aboveNanos / 1e6)
    // One that is not known well may be below, but by no more than it says.
    const isTooLow = aboveNanos < -life.cpuErrorNanos
    const isTooHigh = aboveNanos > atMostMs * 1e6 + atMostRatio * printedNanos + life.cpuErrorNanos
    if (isTooLow || isTooHigh) {
      const seen = JSON.stringify({ ...life, containerId: undefined })
      faults.push(`${name} read ${printedNanos}, its total is ${seen}`)
    }
  }
  above.sort((a, b) => a - b)
  return {
    faults,
    exactRatio: exact / runs.length,
    sumRatio: sum / printedSum,
    aboveMs: { median: above[above.length >> 1] ?? 0, most: above.at(-1) ?? 0 },
    mostErrorMs: mostErrorNanos / 1e6,
    methods,
  }
}
