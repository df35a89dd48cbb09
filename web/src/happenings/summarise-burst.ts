import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import type { Tone } from '../elements/container-state.ts'
import { containerKey, isEnd, isStart } from './life-steps.ts'

/** The same happening, so many times. */
export interface Step {
  /** One of them. */
  readonly row: HappeningRow
  readonly count: number
}

/** What a burst was about. */
export interface BurstSummary {
  /** The newest of its gravest rows, and the state that it stands for. */
  readonly gravest: HappeningRow | undefined
  readonly tone: Tone
  /** Kinds of happenings in the order in which each came first. */
  readonly steps: readonly Step[]
  /** How often containers were started again, as far as rows tell. */
  readonly restarts: number
  /** The newest end of a run; `undefined` when none ended. */
  readonly lastEnd: HappeningRow | undefined
  /** From its first row to its last. */
  readonly spanMs: number
  /** The names of the containers it is about. */
  readonly containers: readonly string[]
}

const tones: readonly Tone[] = ['critical', 'warning', 'ok', 'off']

/** The state a happening stands for. */
export function toneOf({ tone }: Pick<HappeningRow, 'tone'>): Tone {
  return tone === 'none' ? 'off' : tone
}

/** Tells what the rows of a burst, newest first, have in common. */
export function summariseBurst(rows: readonly HappeningRow[]): BurstSummary {
  const byContainer = Map.groupBy(rows, containerKey)
  byContainer.delete(undefined)
  const runs = [...byContainer.values()].map(countRestarts)
  const tone = tones.find((candidate) => rows.some((row) => toneOf(row) === candidate)) ?? 'off'
  return {
    gravest: rows.find((row) => toneOf(row) === tone),
    tone,
    steps: findSteps(rows),
    restarts: runs.reduce((before, count) => before + count, 0),
    lastEnd: rows.find(isEnd),
    spanMs: (rows[0]?.timeMs ?? 0) - (rows.at(-1)?.timeMs ?? 0),
    containers: [...byContainer.values()].map(([row]) => row?.container?.name ?? ''),
  }
}

function findSteps(rows: readonly HappeningRow[]): readonly Step[] {
  const oldestFirst = rows.toReversed()
  const same = Map.groupBy(oldestFirst, ({ kind, action, exitCode, container, title }) =>
    [kind, action, exitCode, container === null ? title : ''].join('\n'),
  )
  return [...same.values()].flatMap((all) => {
    const row = all.at(-1)
    return row === undefined ? [] : [{ row, count: all.length }]
  })
}

/** Starts after an end; where a search left one of both out, the others tell. */
function countRestarts(rows: readonly HappeningRow[]): number {
  let [starts, ends, again] = [0, 0, 0]
  for (const row of rows.toReversed()) {
    if (isEnd(row)) ends += 1
    if (!isStart(row)) continue
    starts += 1
    if (ends > 0) again += 1
  }
  return Math.max(again, starts - 1, ends - 1, 0)
}
