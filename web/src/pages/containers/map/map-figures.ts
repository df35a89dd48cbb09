import { isRunning, readFigure, type LiveRow } from '../../../data/live-row.ts'
import type { MapMessageKey } from '../../../messages/map.ts'
import { countQuantity, quantityText, shortPercentQuantity } from '../../../units/quantity.ts'
import { bytesText, rateText } from '../../../units/scaled-bytes.ts'

/** A figure that tiles can be coloured by. */
export interface MapFigure {
  /** As the address writes it. */
  readonly id: string
  readonly title: MapMessageKey
  /** Why a running container may have none. */
  readonly unknown: MapMessageKey
  /** `undefined` where it was not read, or there is no limit it could be a share of. */
  readonly value: (row: LiveRow) => number | undefined
  readonly text: (value: number) => string
  /** The value of the strongest colour; where it follows the highest there is, in what that is rounded. */
  readonly top: number | 'percent' | 'bytes'
  /** A value from which a container needs a look; none where nothing is known of what is too much. */
  readonly high?: number
}

/** What a tile's size can stand for. */
export interface MapSize {
  readonly id: string
  readonly title: MapMessageKey
  /** None where all are of one size. */
  readonly value?: (row: LiveRow) => number
}

/** A container is throttled at most once in each period of its quota, of which there are ten a second. */
const mostThrottled = 10

/** The first is chosen where nothing is. */
export const mapFigures: readonly [MapFigure, ...MapFigure[]] = [
  {
    id: 'cpu',
    title: 'map.colour.cpu',
    unknown: 'map.unread',
    value: (row) => readFigure(row, 'cpu'),
    text: percentText,
    top: 'percent',
  },
  {
    id: 'cpuLimit',
    title: 'map.colour.cpuLimit',
    unknown: 'map.noLimit',
    value: (row) => {
      const { cpuLimitCores } = row.container
      const cpu = readFigure(row, 'cpu')
      return cpuLimitCores === null || cpu === undefined ? undefined : cpu / cpuLimitCores
    },
    text: percentText,
    top: 100,
    high: 80,
  },
  {
    id: 'memory',
    title: 'map.colour.memory',
    unknown: 'map.unread',
    value: (row) => readFigure(row, 'memory'),
    text: bytesText,
    top: 'bytes',
  },
  {
    id: 'memoryLimit',
    title: 'map.colour.memoryLimit',
    unknown: 'map.noLimit',
    value: (row) => {
      const { memoryLimitBytes } = row.container
      const memory = readFigure(row, 'memory')
      return memoryLimitBytes === null || memory === undefined
        ? undefined
        : (memory / memoryLimitBytes) * 100
    },
    text: percentText,
    top: 100,
    high: 80,
  },
  {
    id: 'network',
    title: 'map.colour.network',
    unknown: 'map.unread',
    value: (row) => both(readFigure(row, 'netRcvd'), readFigure(row, 'netSent')),
    text: rateText,
    top: 'bytes',
  },
  {
    id: 'disk',
    title: 'map.colour.disk',
    unknown: 'map.unread',
    value: (row) => both(readFigure(row, 'ioRead'), readFigure(row, 'ioWritten')),
    text: rateText,
    top: 'bytes',
  },
  {
    id: 'throttled',
    title: 'map.colour.throttled',
    unknown: 'map.unread',
    value: (row) => readFigure(row, 'throttled'),
    text: (value) => `${countQuantity(value).number}/s`,
    top: mostThrottled,
    high: 1,
  },
]

/** The first is chosen where nothing is. */
export const mapSizes: readonly [MapSize, ...MapSize[]] = [
  { id: 'equal', title: 'map.size.equal' },
  { id: 'memory', title: 'map.size.memory', value: (row) => sizeOf(row, 'memory') },
  { id: 'cpu', title: 'map.size.cpu', value: (row) => sizeOf(row, 'cpu') },
]

/** The figure of that name, or the first. */
export function findFigure(id: string): MapFigure {
  return mapFigures.find((figure) => figure.id === id) ?? mapFigures[0]
}

/** The size of that name, or the first. */
export function findSize(id: string): MapSize {
  return mapSizes.find((size) => size.id === id) ?? mapSizes[0]
}

function both(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : left + right
}

function sizeOf(row: LiveRow, name: 'memory' | 'cpu'): number {
  return isRunning(row.container) ? (readFigure(row, name) ?? 0) : 0
}

function percentText(percent: number): string {
  return quantityText(shortPercentQuantity(percent))
}
