import {
  figureNames,
  type ContainerRow,
  type Figures,
} from '../../../src/api/contract/containers.ts'
import { createSecondRing, sparkSeconds, writeSecond, type SecondRing } from './second-ring.ts'

/** A figure that misses this many seconds after its time is not live any more. */
const toleranceS = 2

/** One container as it is now. It is changed in place by each tick; `container` is replaced when the container changes. */
export interface LiveRow {
  readonly key: number
  /** How many seconds, up to its time, a reading stands for: 1 while live, more where the past is kept coarser. */
  readonly stepS: number
  container: ContainerRow
  /** A row of a tick as it came: the key, then the numbers in the order of `figureNames`. */
  numbers: readonly (number | null)[]
  /** When the numbers were read, Unix milliseconds; null before the first reading. */
  readAtMs: number | null
  readonly cpu: SecondRing
  readonly memory: SecondRing
}

const placeOf = new Map<keyof Figures, number>(figureNames.map((name, index) => [name, index + 1]))

/** A live row that starts with the figures and spark lines of a snapshot. */
export function createLiveRow(container: ContainerRow, timeMs: number, stepS = 1): LiveRow {
  const newestS = toSecond(container.figuresAt ?? timeMs)
  return {
    key: container.key,
    stepS,
    container,
    numbers: [container.key, ...figureNames.map((name) => container.figures[name] ?? null)],
    readAtMs: container.figuresAt,
    cpu: createSecondRing(newestS, container.spark.cpu),
    memory: createSecondRing(newestS, container.spark.memory),
  }
}

/** Takes in the row of a tick. `[key]` alone means read again, all figures as before. */
export function readTickRow(
  row: LiveRow,
  tickRow: readonly (number | null)[],
  timeMs: number,
): void {
  if (tickRow.length > 1) row.numbers = tickRow
  row.readAtMs = timeMs
  const lastS = toSecond(timeMs)
  const firstS = lastS - Math.min(row.stepS, sparkSeconds) + 1
  for (let second = firstS; second <= lastS; second += 1) {
    writeSecond(row.cpu, second, readFigure(row, 'cpu') ?? null)
    writeSecond(row.memory, second, readFigure(row, 'memory') ?? null)
  }
}

/** The newest value of a figure; `undefined` where it could not be read. */
export function readFigure(row: LiveRow, name: keyof Figures): number | undefined {
  return row.numbers[placeOf.get(name) ?? 0] ?? undefined
}

/** Whether the container should have figures: it runs, paused or not. */
export function isRunning(container: ContainerRow): boolean {
  return container.state === 'running' || container.state === 'paused'
}

/**
 * How old the figures of a running container are when they are too old to be live; `undefined` while they are fresh.
 * One that was never read counts from its start.
 */
export function staleForMs(row: LiveRow, nowMs: number): number | undefined {
  const { container } = row
  if (!isRunning(container)) return undefined
  const ageMs = nowMs - (row.readAtMs ?? container.startedAt ?? container.createdAt)
  const everyS = Math.max(readEveryS(container), row.stepS)
  return ageMs > (everyS + toleranceS) * 1000 ? ageMs : undefined
}

/** How many seconds lie between two readings: the engine is asked less often than files are read. */
export function readEveryS({ figuresFrom }: ContainerRow): number {
  return figuresFrom === 'engine' ? 10 : 1
}

function toSecond(timeMs: number): number {
  return Math.floor(timeMs / 1000)
}
