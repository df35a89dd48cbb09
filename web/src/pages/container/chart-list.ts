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

/** One line: the figure it shows live and the metric its past is stored under. */
export interface LineSpec {
  readonly figure: keyof Figures
  readonly label: ContainerMessageKey
  /** A Datadog query without its scope: `avg:docker.cpu.usage`. */
  readonly query: string
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
}

const kibibyte = 1024
const mebibyte = 1024 * 1024

/** All charts, in the order of a diagnosis: what is used, what is withheld, what memory holds, what goes in and out. */
export const chartList: readonly ChartSpec[] = [
  {
    title: 'chart.cpu',
    lines: [
      { figure: 'cpu', label: 'chart.usage', query: 'avg:docker.cpu.usage' },
      { figure: 'cpuUser', label: 'chart.user', query: 'avg:docker.cpu.user' },
      { figure: 'cpuSystem', label: 'chart.system', query: 'avg:docker.cpu.system' },
    ],
    format: (value) => quantityText(percentQuantity(value)),
    axisText: (value) => quantityText(shortPercentQuantity(value)),
    steps: 'round',
    ceiling: 1,
    limit: 'cpu',
  },
  {
    title: 'chart.throttled',
    lines: [{ figure: 'throttled', label: 'chart.periods', query: 'avg:docker.cpu.throttled' }],
    format: (value) => say('chart.periodsValue', { count: percentQuantity(value).number }),
    axisText: (value) => shortPercentQuantity(value).number + say('unit.perSecond'),
    steps: 'round',
    ceiling: 1,
  },
  {
    title: 'chart.memory',
    lines: [
      { figure: 'memory', label: 'chart.workingSet', query: 'avg:docker.mem.working_set' },
      { figure: 'memoryRss', label: 'chart.rss', query: 'avg:docker.mem.rss' },
      { figure: 'memoryCache', label: 'chart.cache', query: 'avg:docker.mem.cache' },
    ],
    format: bytesText,
    axisText: bytesText,
    steps: 'binary',
    ceiling: mebibyte,
    limit: 'memory',
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
    lines: [{ figure: 'threads', label: 'chart.count', query: 'avg:docker.thread.count' }],
    format: (value) => quantityText(countQuantity(value)),
    axisText: (value) => quantityText(countQuantity(value)),
    steps: 'whole',
    ceiling: 2,
  },
]

/** One question for the lines of all charts of one container. */
export function questionFor(containerId: string): string {
  const lines = chartList.flatMap((chart) => chart.lines)
  return lines.map((line) => `${line.query}{container_id:${containerId}}`).join(',')
}

/** The metric a line's past is stored under. */
export function metricOf({ query }: LineSpec): string {
  return query.slice(query.indexOf(':') + 1)
}
