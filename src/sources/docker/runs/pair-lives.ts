import type { CgroupLife } from '../../../cgroup/lifetime/cgroup-life.ts'
import type { EndedRun } from './run.ts'

/** The end of a run and the end of its cgroup are noticed within this time of one another. */
const longestApartMs = 10_000
/** The engine tells a start so much later than it was, at most, when many start at once. */
const startLagMs = 2000
/** While the container runs again, a life that is further from the end before is rather that of the run now. */
const surelyThatMs = 500

/** The lives and the ended runs without one, both of one container and in their order. */
interface Unpaired {
  readonly lives: readonly CgroupLife[]
  readonly runs: readonly EndedRun[]
  /** Start of the run that has not ended yet. */
  readonly openSinceMs: number | undefined
}

/**
 * Finds which life was that of which run: in their order where there are as many of both, else those that ended nearest to
 * one another. One side may be missing, for now or for ever.
 */
export function pairLives({
  lives,
  runs,
  openSinceMs,
}: Unpaired): readonly (readonly [CgroupLife, EndedRun])[] {
  const mayPair = (life: CgroupLife, run: EndedRun): boolean => {
    // A container that could not be started has a cgroup that ends, and no run.
    if (life.endedAtMs < run.startedAtMs - startLagMs) return false
    const apartMs = apart(life, run)
    if (openSinceMs === undefined || life.endedAtMs < openSinceMs) return apartMs <= longestApartMs
    return apartMs <= surelyThatMs
  }
  if (lives.length === runs.length) {
    const inOrder = lives.flatMap((life, at) => {
      const run = runs[at]
      return run !== undefined && mayPair(life, run) ? [[life, run] as const] : []
    })
    if (inOrder.length === lives.length) return inOrder
  }
  return pairNearest(lives, runs, mayPair)
}

function pairNearest(
  lives: readonly CgroupLife[],
  runs: readonly EndedRun[],
  mayPair: (life: CgroupLife, run: EndedRun) => boolean,
): readonly (readonly [CgroupLife, EndedRun])[] {
  const all = lives
    .flatMap((life) => runs.map((run) => [life, run] as const))
    .filter(([life, run]) => mayPair(life, run))
    .toSorted(([life, run], [otherLife, otherRun]) => apart(life, run) - apart(otherLife, otherRun))
  const taken = new Set<CgroupLife | EndedRun>()
  return all.filter(([life, run]) => {
    if (taken.has(life) || taken.has(run)) return false
    taken.add(life).add(run)
    return true
  })
}

function apart(life: CgroupLife, run: EndedRun): number {
  return Math.abs(life.endedAtMs - run.finishedAtMs)
}
