import { isRunning, readFigure, staleForMs, type LiveRow } from '../../terminal/live/live-row.ts'
import { toScreenText } from '../../terminal/text/screen-text.ts'
import { memorySize, trafficSize } from './docker-size.ts'

/** What docker stats can print of a container, in the order in which it prints JSON. */
export const statFields = [
  'BlockIO',
  'CPUPerc',
  'Container',
  'ID',
  'MemPerc',
  'MemUsage',
  'Name',
  'NetIO',
  'PIDs',
] as const

export type StatField = (typeof statFields)[number]

/** One container as it is printed. */
export type StatValues = Readonly<Record<StatField, string>>

/** What the text of a row depends on beside it. */
export interface StatContext {
  readonly nowMs: number
  /** Memory of the container's host, which is its limit where it has none of its own; undefined when not told. */
  readonly hostMemoryBytes: number | undefined
  /** Whole ids in place of their first twelve digits. */
  readonly isWhole: boolean
  /** The name or id by which it was asked for. */
  readonly askedAs?: string | undefined
}

const unread = '--'

/**
 * The figures of a container in the words of docker stats. Network and disk are per second, which each text says. What
 * is not live, or was not read, is `--`.
 * @see https://github.com/docker/cli/blob/master/cli/command/container/formatter_stats.go
 */
export function toStatValues(row: LiveRow, context: StatContext): StatValues {
  const { container } = row
  const id = context.isWhole ? container.id : container.id.slice(0, 12)
  const isLive = isRunning(row) && staleForMs(row, context.nowMs) === undefined
  const read = (name: Parameters<typeof readFigure>[1]): number | undefined =>
    isLive ? readFigure(row, name) : undefined
  const [cpu, memory, pids] = [read('cpu'), read('memory'), read('threads')]
  const limit = container.memoryLimitBytes ?? context.hostMemoryBytes
  return {
    Container: toScreenText(context.askedAs ?? id),
    ID: id,
    Name: toScreenText(container.name),
    CPUPerc: percent(cpu),
    MemUsage: `${memory === undefined ? unread : memorySize(memory)} / ${limit === undefined || !isLive ? unread : memorySize(limit)}`,
    MemPerc: percent(memory === undefined || !limit ? undefined : (memory / limit) * 100),
    NetIO: `${rate(read('netRcvd'))} / ${rate(read('netSent'))}`,
    BlockIO: `${rate(read('ioRead'))} / ${rate(read('ioWritten'))}`,
    PIDs: pids === undefined ? unread : String(pids),
  }
}

function percent(value: number | undefined): string {
  return value === undefined ? unread : `${value.toFixed(2)}%`
}

function rate(bytes: number | undefined): string {
  return bytes === undefined ? unread : `${trafficSize(bytes)}/s`
}
