import { figureNames, type ContainerRow, type Figures } from '../../api/contract/containers.ts'
import type { Trail } from './trail.ts'

/** One container as it is now; changed in place by each tick. */
export interface LiveRow {
  container: ContainerRow
  /** The row of a tick as it came: the key, then numbers in the order of `figureNames`. */
  numbers: readonly (number | null)[]
  /** When the numbers were read, Unix milliseconds; null before the first reading. */
  readAtMs: number | null
  /** When the engine removed it, Unix milliseconds; it is shown for some seconds more. */
  removedAtMs: number | undefined
  /** Kept only while somebody looks at this container. */
  trail: Trail | undefined
}

/** How long one that has ended stays in a list of running ones. */
export const farewellMs = 15_000
/** Later than its time by more than this, a figure is not live any more. */
const toleranceMs = 2500
const placeOf = new Map<keyof Figures, number>(figureNames.map((name, index) => [name, index + 1]))

/** A row that starts with the figures it came with. */
export function createLiveRow(container: ContainerRow): LiveRow {
  return {
    container,
    numbers: [container.key, ...figureNames.map((name) => container.figures[name] ?? null)],
    readAtMs: container.figuresAt,
    removedAtMs: undefined,
    trail: undefined,
  }
}

/** The newest value of a figure; undefined where it could not be read, and for one that does not run. */
export function readFigure(row: LiveRow, name: keyof Figures): number | undefined {
  if (!isRunning(row)) return undefined
  return row.numbers[placeOf.get(name) ?? 0] ?? undefined
}

/** Whether the container should have figures: it runs, paused or not. */
export function isRunning({ container, removedAtMs }: LiveRow): boolean {
  const { state } = container
  return removedAtMs === undefined && (state === 'running' || state === 'paused')
}

/** Whether it has ended so short a time ago that it is still shown among those that run. */
export function hasJustEnded(row: LiveRow, nowMs: number): boolean {
  if (isRunning(row)) return false
  const endedAtMs = row.removedAtMs ?? row.container.finishedAt
  return endedAtMs !== null && nowMs - endedAtMs < farewellMs
}

/** How old the figures of a running container are when they are too old to be live; undefined while they are fresh. */
export function staleForMs(row: LiveRow, nowMs: number): number | undefined {
  if (!isRunning(row)) return undefined
  const { container } = row
  const everyMs = container.figuresFrom === 'engine' ? 10_000 : 1000
  const ageMs = nowMs - (row.readAtMs ?? container.startedAt ?? container.createdAt)
  return ageMs > everyMs + toleranceMs ? ageMs : undefined
}
