import type { Container } from '../../model/container.ts'
import type { ColumnInsert, InsertColumn } from '../engine.ts'
import type { ContainerRecord } from '../store.ts'
import { jsonText, optionalText, tagValue, textColumns, wholeColumns } from './column-values.ts'

/** Types of the columns that hold lists of objects; the names are those of the model, so that JSON fits both ways. */
export const containerLists = {
  ports:
    'Array(Tuple(containerPort UInt16, protocol String, hostPort Nullable(UInt16), hostIp Nullable(String)))',
  mounts: 'Array(Tuple(kind String, source String, target String, isReadOnly Bool))',
  networks: 'Array(Tuple(name String, ipAddress Nullable(String)))',
} as const

/** A column that carries one column of the table, and how the one is made of the other. */
type Field = readonly [column: InsertColumn, select: string]

/** States of containers as one insert. */
export function insertOfContainers(records: readonly ContainerRecord[]): ColumnInsert {
  const fields = [
    ...identityFields(records),
    ...stateFields(records),
    ...limitFields(records),
    ...listFields(records),
  ]
  return {
    table: 'vigie.container_states',
    into: fields.map(([{ name }]) => name),
    columns: fields.map(([column]) => column),
    select: fields.map(([, select]) => select),
  }
}

function identityFields(records: readonly ContainerRecord[]): readonly Field[] {
  const text = textColumns(records)
  const whole = wholeColumns(records)
  return [
    [whole('time', ({ timeMs }) => timeMs), `fromUnixTimestamp64Milli(time, 'UTC')`],
    [text('id', ({ container }) => container.id), 'id'],
    [text('host', ({ host }) => host), 'host'],
    [text('name', ({ container }) => container.name), 'name'],
    [text('image', ({ container }) => container.image), 'image'],
    [
      text('short_image', ({ container }) => tagValue(container.tags, 'short_image')),
      'short_image',
    ],
    [text('image_id', ({ container }) => container.imageId), 'image_id'],
    [text('runtime', ({ container }) => container.runtime), 'runtime'],
    [text('command', ({ container }) => container.command), 'command'],
    [text('network_mode', ({ container }) => container.networkMode), 'network_mode'],
  ]
}

function stateFields(records: readonly ContainerRecord[]): readonly Field[] {
  const text = textColumns(records)
  const whole = wholeColumns(records)
  const started = text('started', ({ container }) => optionalText(container.startedAtMs))
  const finished = text('finished', ({ container }) => optionalText(container.finishedAtMs))
  return [
    [text('state', ({ container }) => container.state), 'state'],
    [text('health', ({ container }) => container.health), 'health'],
    [
      whole('created', ({ container }) => container.createdAtMs),
      `fromUnixTimestamp64Milli(created, 'UTC')`,
    ],
    [started, `fromUnixTimestamp64Milli(toInt64OrNull(started), 'UTC')`],
    [finished, `fromUnixTimestamp64Milli(toInt64OrNull(finished), 'UTC')`],
    [
      text('exit_code', ({ container }) => optionalText(container.exitCode)),
      'toInt32OrNull(exit_code)',
    ],
    [whole('oom_killed', ({ container }) => Number(container.wasOomKilled)), 'toBool(oom_killed)'],
    [whole('restarts', ({ container }) => container.restartCount), 'toUInt32(restarts)'],
  ]
}

function limitFields(records: readonly ContainerRecord[]): readonly Field[] {
  const text = textColumns(records)
  const cores = text('cpu_limit_cores', ({ container }) => optionalText(container.cpuLimitCores))
  const bytes = text('memory_limit_bytes', ({ container }) =>
    optionalText(container.memoryLimitBytes),
  )
  return [
    [cores, 'toFloat64OrNull(cpu_limit_cores)'],
    [bytes, 'toUInt64OrNull(memory_limit_bytes)'],
  ]
}

function listFields(records: readonly ContainerRecord[]): readonly Field[] {
  const text = textColumns(records)
  const list = (name: string, type: string, read: (container: Container) => unknown): Field => [
    text(name, ({ container }) => jsonText(read(container))),
    `JSONExtract(${name}, '${type}')`,
  ]
  return [
    list('labels', 'Map(String, String)', ({ labels }) => labels),
    list('tags', 'Array(String)', ({ tags }) => tags),
    list('env', 'Array(String)', ({ env }) => env),
    list('ports', containerLists.ports, ({ ports }) => ports),
    list('mounts', containerLists.mounts, ({ mounts }) => mounts),
    list('networks', containerLists.networks, ({ networks }) => networks),
  ]
}
