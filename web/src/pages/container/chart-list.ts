import type { ChartLook } from '../../charts/chart-options.ts'
import type { Figures } from '../../../../src/api/contract/containers.ts'
import { say, type ContainerMessageKey } from '../../messages/container.ts'
import {
  countQuantity,
  percentQuantity,
  quantityText,
  shortPercentQuantity,
} from '../../units/quantity.ts'
import { bytesText, rateText } from '../../units/scaled-bytes.ts'

/** One line: the metric its past is stored under, and the figure it shows live where the stream tells one. */
export interface LineSpec {
  /** Absent: a figure that is read seldom and comes from the store alone. */
  readonly figure?: keyof Figures
  readonly label: ContainerMessageKey
  /** A Datadog query without its scope: `avg:docker.cpu.usage`. */
  readonly query: string
  /** What a stored value is divided by. */
  readonly divisor?: number
  /** Whether it is a counter whose growth from point to point is shown. */
  readonly isCounter?: boolean
}

/** One chart of the Container page. */
export interface ChartSpec {
  readonly title: ContainerMessageKey
  readonly lines: readonly LineSpec[]
  readonly format: (value: number) => string
  readonly axisText: (value: number) => string
  readonly steps: ChartLook['steps']
  /** The scale reaches at least so far. */
  readonly ceiling: number
  readonly limit?: 'cpu' | 'memory'
  readonly isStacked?: boolean
  /** Why there may be nothing to show where other slow figures are there. */
  readonly missing?: ContainerMessageKey
}

const kibibyte = 1024
const mebibyte = 1024 * 1024
/** Nanoseconds in a second of which are one percent. */
const nanosPerPercent = 1e7

const percentText = (value: number): string => quantityText(percentQuantity(value))
const percentAxisText = (value: number): string => quantityText(shortPercentQuantity(value))
const countText = (value: number): string => quantityText(countQuantity(value))

/** All charts, in the order of a diagnosis: what is used, what is withheld, what memory holds, what goes in and out. */
export const chartList: readonly ChartSpec[] = [
  {
    title: 'chart.cpu',
    lines: [
      { figure: 'cpu', label: 'chart.usage', query: 'avg:docker.cpu.usage' },
      { figure: 'cpuUser', label: 'chart.user', query: 'avg:docker.cpu.user' },
      { figure: 'cpuSystem', label: 'chart.system', query: 'avg:docker.cpu.system' },
    ],
    format: percentText,
    axisText: percentAxisText,
    steps: 'round',
    ceiling: 1,
    limit: 'cpu',
  },
  {
    title: 'chart.throttled',
    lines: [{ figure: 'throttled', label: 'chart.periods', query: 'avg:docker.cpu.throttled' }],
    format: (value) => say('chart.periodsValue', { count: shortPercentQuantity(value).number }),
    axisText: (value) => shortPercentQuantity(value).number + say('unit.perSecond'),
    steps: 'round',
    ceiling: 1,
  },
  {
    title: 'chart.throttledTime',
    lines: [{ ...ofNanos('chart.withheld', 'avg:container.cpu.throttled') }],
    format: percentText,
    axisText: percentAxisText,
    steps: 'round',
    ceiling: 1,
  },
  {
    title: 'chart.pressure',
    lines: [
      ofNanos('chart.stallCpu', 'avg:container.cpu.partial_stall'),
      ofNanos('chart.stallMemory', 'avg:container.memory.partial_stall'),
      ofNanos('chart.stallIo', 'avg:container.io.partial_stall'),
    ],
    format: percentText,
    axisText: percentAxisText,
    steps: 'round',
    ceiling: 1,
    missing: 'chart.noPressure',
  },
  {
    title: 'chart.memory',
    lines: [{ figure: 'memory', label: 'chart.workingSet', query: 'avg:docker.mem.working_set' }],
    format: bytesText,
    axisText: bytesText,
    steps: 'binary',
    ceiling: mebibyte,
    limit: 'memory',
  },
  {
    title: 'chart.memorySplit',
    lines: [
      { label: 'chart.kernel', query: 'avg:container.memory.kernel' },
      { figure: 'memoryCache', label: 'chart.file', query: 'avg:docker.mem.cache' },
      { figure: 'memoryRss', label: 'chart.anon', query: 'avg:docker.mem.rss' },
    ],
    format: bytesText,
    axisText: bytesText,
    steps: 'binary',
    ceiling: mebibyte,
    isStacked: true,
  },
  {
    title: 'chart.limitHits',
    lines: [{ label: 'chart.hits', query: 'max:container.memory.oom_events', isCounter: true }],
    format: countText,
    axisText: countText,
    steps: 'whole',
    ceiling: 2,
  },
  {
    title: 'chart.network',
    lines: [
      { figure: 'netRcvd', label: 'chart.rcvd', query: 'sum:docker.net.bytes_rcvd' },
      { figure: 'netSent', label: 'chart.sent', query: 'sum:docker.net.bytes_sent' },
    ],
    format: rateText,
    axisText: rateText,
    steps: 'binary',
    ceiling: kibibyte,
  },
  {
    title: 'chart.disk',
    lines: [
      { figure: 'ioRead', label: 'chart.read', query: 'sum:docker.io.read_bytes' },
      { figure: 'ioWritten', label: 'chart.written', query: 'sum:docker.io.write_bytes' },
    ],
    format: rateText,
    axisText: rateText,
    steps: 'binary',
    ceiling: kibibyte,
  },
  {
    title: 'chart.threads',
    lines: [
      { figure: 'threads', label: 'chart.count', query: 'avg:docker.thread.count' },
      { label: 'chart.descriptors', query: 'avg:container.pid.open_files' },
    ],
    format: countText,
    axisText: countText,
    steps: 'whole',
    ceiling: 2,
  },
]

/** Whether a line is drawn from the store alone. */
export function isSlow({ figure }: LineSpec): boolean {
  return figure === undefined
}

/** One question for all lines of one cadence of one container. */
export function questionFor(containerId: string, ofSlow: boolean): string {
  const lines = chartList.flatMap((chart) => chart.lines).filter((line) => isSlow(line) === ofSlow)
  return lines.map((line) => `${line.query}{container_id:${containerId}}`).join(',')
}

/** The metric a line's past is stored under. */
export function metricOf({ query }: Pick<LineSpec, 'query'>): string {
  return query.slice(query.indexOf(':') + 1)
}

/** Nanoseconds of a second, as percent. */
function ofNanos(label: ContainerMessageKey, query: string): LineSpec {
  return { label, query, divisor: nanosPerPercent }
}
