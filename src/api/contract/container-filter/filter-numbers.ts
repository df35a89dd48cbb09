import { figureNames, type ContainerRow, type Figures } from '../containers.ts'

/** A container and the row of a tick it was read in: its key, then numbers in the order of `figureNames`. */
export interface FilterRow {
  readonly container: ContainerRow
  readonly numbers: readonly (number | null)[]
}

/** A number of a container that a filter can compare. */
export interface NumberKey {
  readonly key: string
  /** A comparison as one would write it. */
  readonly example: string
  /** Whole things: a bare number means exactly so many. */
  readonly isCount: boolean
  /** The number behind the text, in the unit of `of`; `undefined` when it is none. */
  readonly read: (text: string) => number | undefined
  readonly of: (row: FilterRow, nowMs: number) => number | undefined
}

const byteUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  o: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kio: 2 ** 10,
  mio: 2 ** 20,
  gio: 2 ** 30,
  tio: 2 ** 40,
}
const spanUnits: Readonly<Record<string, number>> = {
  s: 1e3,
  m: 60e3,
  min: 60e3,
  h: 3600e3,
  d: 86_400e3,
  j: 86_400e3,
}

const numberKeys: readonly NumberKey[] = [
  { ...figureKey('cpu', 'cpu', 'cpu:>50'), read: (text) => readNumber(text.replace(/%$/, '')) },
  { ...figureKey('throttled', 'throttled', 'throttled:>0'), read: readNumber },
  { ...figureKey('mem', 'memory', 'mem:>100MiB'), read: readBytes },
  { ...figureKey('rss', 'memoryRss', 'rss:>100MiB'), read: readBytes },
  { ...figureKey('cache', 'memoryCache', 'cache:>100MiB'), read: readBytes },
  { ...figureKey('netin', 'netRcvd', 'netin:>1MiB'), read: readBytes },
  { ...figureKey('netout', 'netSent', 'netout:>1MiB'), read: readBytes },
  { ...figureKey('read', 'ioRead', 'read:>1MiB'), read: readBytes },
  { ...figureKey('write', 'ioWritten', 'write:>1MiB'), read: readBytes },
  { ...figureKey('threads', 'threads', 'threads:>100'), isCount: true, read: readNumber },
  {
    key: 'restarts',
    example: 'restarts:>0',
    isCount: true,
    read: readNumber,
    of: (row) => row.container.restarts,
  },
  {
    key: 'exit',
    example: 'exit:137',
    isCount: true,
    read: readNumber,
    of: (row) => row.container.exitCode ?? undefined,
  },
  { key: 'uptime', example: 'uptime:<1h', isCount: false, read: readSpanMs, of: uptimeMs },
]
const aliases: Readonly<Record<string, string>> = {
  memory: 'mem',
  written: 'write',
  netrcvd: 'netin',
  netsent: 'netout',
}

/** The number that a filter's key stands for; `undefined` when the key is no number's. */
export function findNumberKey(key: string): NumberKey | undefined {
  const lower = key.toLowerCase()
  const name = aliases[lower] ?? lower
  return numberKeys.find((candidate) => candidate.key === name)
}

function figureKey(key: string, figure: keyof Figures, example: string): Omit<NumberKey, 'read'> {
  const place = figureNames.findIndex((name) => name === figure) + 1
  const of = ({ container, numbers }: FilterRow): number | undefined =>
    isRunning(container) ? (numbers[place] ?? undefined) : undefined
  return { key, example, isCount: false, of }
}

function uptimeMs({ container }: FilterRow, nowMs: number): number | undefined {
  return isRunning(container) && container.startedAt !== null
    ? nowMs - container.startedAt
    : undefined
}

/** Only what runs has figures, paused or not. */
function isRunning({ state }: ContainerRow): boolean {
  return state === 'running' || state === 'paused'
}

/** A plain number; a decimal comma counts as a point. */
function readNumber(text: string): number | undefined {
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

/** `100MiB`, `1.5g`, `20kB/s` in bytes; a bare number is bytes. */
function readBytes(text: string): number | undefined {
  return readWithUnit(text.toLowerCase().replace(/\/s$/, ''), byteUnits)
}

/** `30s`, `5m`, `1.5h`, `2d` in milliseconds; a bare number says too little. */
function readSpanMs(text: string): number | undefined {
  return readWithUnit(text.toLowerCase(), spanUnits)
}

function readWithUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits = '', unit = ''] = /^([\d.,]+)\s*([a-z]*)$/.exec(text) ?? []
  const number = readNumber(digits)
  const factor = units[unit]
  return number === undefined || factor === undefined ? undefined : number * factor
}
