/** The figures of a container that are kept live, in the order of the contract's `figureNames`. */
export const liveFigureNames = [
  'cpu',
  'cpuUser',
  'cpuSystem',
  'throttled',
  'memory',
  'memoryRss',
  'memoryCache',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
  'threads',
] as const

/** The figures of a host that are kept live. */
export const hostFigureNames = [
  'cpu',
  'memoryUsed',
  'memoryTotal',
  'load1',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
] as const

/** How a metric becomes a figure: which one, and `figure = offset + scale * value`. */
export interface FigureOf {
  readonly index: number
  readonly scale: number
  readonly offset: number
}

const mebibyte = 1024 * 1024

/** Metrics of the docker check, datadog.md A.3. */
const containerMetrics = new Map<string, FigureOf>([
  ['docker.cpu.usage', containerFigure('cpu')],
  ['docker.cpu.user', containerFigure('cpuUser')],
  ['docker.cpu.system', containerFigure('cpuSystem')],
  ['docker.cpu.throttled', containerFigure('throttled')],
  ['docker.mem.working_set', containerFigure('memory')],
  ['docker.mem.rss', containerFigure('memoryRss')],
  ['docker.mem.cache', containerFigure('memoryCache')],
  ['docker.net.bytes_rcvd', containerFigure('netRcvd')],
  ['docker.net.bytes_sent', containerFigure('netSent')],
  ['docker.io.read_bytes', containerFigure('ioRead')],
  ['docker.io.write_bytes', containerFigure('ioWritten')],
  ['docker.thread.count', containerFigure('threads')],
])

/** Follows the figures that people see: only needed to make `memoryUsed`. */
const memoryUsableIndex = hostFigureNames.length

/** Figures of a host that are kept, those that people see and one more. */
export const hostFigureCount = hostFigureNames.length + 1

/** The system check's metrics: memory in MiB, disk rates in KiB. */
const hostMetrics = new Map<string, FigureOf>([
  ['system.cpu.idle', { ...hostFigure('cpu', -1), offset: 100 }],
  ['system.mem.usable', { index: memoryUsableIndex, scale: mebibyte, offset: 0 }],
  ['system.mem.total', hostFigure('memoryTotal', mebibyte)],
  ['system.load.1', hostFigure('load1')],
  ['system.net.bytes_rcvd', hostFigure('netRcvd')],
  ['system.net.bytes_sent', hostFigure('netSent')],
  ['system.io.rkb_s', hostFigure('ioRead', 1024)],
  ['system.io.wkb_s', hostFigure('ioWritten', 1024)],
])

/** Names of all metrics that feed a figure of a container or of a host. */
export const liveMetricNames: readonly string[] = [
  ...containerMetrics.keys(),
  ...hostMetrics.keys(),
]

/** The container's figure that a metric feeds; undefined for a metric that is only stored. */
export function containerFigureOf(metric: string): FigureOf | undefined {
  return containerMetrics.get(metric)
}

/** The host's figure that a metric feeds; undefined for a metric that is only stored. */
export function hostFigureOf(metric: string): FigureOf | undefined {
  return hostMetrics.get(metric)
}

/**
 * The figures of a host in the order of `hostFigureNames`; undefined where unread. Used is what programs could not get:
 * `system.mem.used` counts the page cache too, and would look full on every host.
 */
export function readHostFigures(
  read: (index: number) => number | undefined,
): (number | undefined)[] {
  const total = read(hostFigureNames.indexOf('memoryTotal'))
  const usable = read(memoryUsableIndex)
  return hostFigureNames.map((name, index) => {
    if (name !== 'memoryUsed') return read(index)
    return total === undefined || usable === undefined ? undefined : total - usable
  })
}

function containerFigure(name: (typeof liveFigureNames)[number]): FigureOf {
  return { index: liveFigureNames.indexOf(name), scale: 1, offset: 0 }
}

function hostFigure(name: (typeof hostFigureNames)[number], scale = 1): FigureOf {
  return { index: hostFigureNames.indexOf(name), scale, offset: 0 }
}
