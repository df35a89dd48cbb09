import type { ContainerTotals } from '../../model/container-totals.ts'
import { shortImage } from '../../model/short-image.ts'
import type { ColumnInsert, InsertColumn } from '../engine.ts'
import { jsonText, optionalText, tagValue, textColumns, wholeColumns } from './column-values.ts'

/** A column that carries one column of the table, and how the one is made of the other. */
type Field = readonly [column: InsertColumn, select: string]

/** Names of the columns for figures, each of which may be absent. */
const figureColumns = {
  cpu_nanos: 'cpuNanos',
  user_nanos: 'cpuUserNanos',
  system_nanos: 'cpuSystemNanos',
  throttled_nanos: 'throttledNanos',
  memory_peak_bytes: 'memoryPeakBytes',
  read_bytes: 'readBytes',
  written_bytes: 'writtenBytes',
  received_bytes: 'receivedBytes',
  sent_bytes: 'sentBytes',
} as const satisfies Readonly<Record<string, keyof ContainerTotals>>

/** Runs of containers as one insert. A run that is there already is replaced. */
export function insertOfContainerRuns(totals: readonly ContainerTotals[]): ColumnInsert {
  const fields = [...identityFields(totals), ...endFields(totals), ...figureFields(totals)]
  return {
    table: 'vigie.container_runs',
    into: fields.map(([{ name }]) => name),
    columns: fields.map(([column]) => column),
    select: fields.map(([, select]) => select),
  }
}

function identityFields(totals: readonly ContainerTotals[]): readonly Field[] {
  const text = textColumns(totals)
  return [
    [text('container_id', ({ containerId }) => containerId), 'container_id'],
    [text('host', ({ host }) => host), 'host'],
    [text('name', ({ name }) => name), 'name'],
    [text('image', ({ image }) => image), 'image'],
    [
      text('short_image', ({ tags, image }) => tagValue(tags, 'short_image') || shortImage(image)),
      'short_image',
    ],
    [text('tags', ({ tags }) => jsonText(tags)), `JSONExtract(tags, 'Array(String)')`],
  ]
}

function endFields(totals: readonly ContainerTotals[]): readonly Field[] {
  const text = textColumns(totals)
  const whole = wholeColumns(totals)
  return [
    [
      whole('started', ({ startedAtMs }) => startedAtMs),
      `fromUnixTimestamp64Milli(started, 'UTC')`,
    ],
    [
      whole('finished', ({ finishedAtMs }) => finishedAtMs),
      `fromUnixTimestamp64Milli(finished, 'UTC')`,
    ],
    [text('exit_code', ({ exitCode }) => optionalText(exitCode)), 'toInt32OrNull(exit_code)'],
    [whole('oom_killed', ({ wasOomKilled }) => Number(wasOomKilled)), 'toBool(oom_killed)'],
    [whole('exact', ({ isExact }) => Number(isExact)), 'toBool(exact)'],
    [text('method', ({ method }) => method), 'method'],
    [text('reason', ({ reason }) => reason), 'reason'],
    [whole('certainty', certaintyOf), 'toUInt8(certainty)'],
  ]
}

/** Of two that are told of one run, the one with the higher number stays; of equals, the later one. */
function certaintyOf({ method, isExact }: ContainerTotals): number {
  if (isExact) return 2
  return method === 'none' ? 0 : 1
}

function figureFields(totals: readonly ContainerTotals[]): readonly Field[] {
  const text = textColumns(totals)
  return Object.entries(figureColumns).map(([name, property]) => [
    text(name, (run) => wholeText(run[property])),
    `toUInt64OrNull(${name})`,
  ])
}

/** A figure as whole digits, which the engine reads exactly; empty when absent. */
function wholeText(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : BigInt(Math.round(value)).toString()
}
