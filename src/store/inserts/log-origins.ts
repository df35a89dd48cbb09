import type { ColumnInsert } from '../engine.ts'
import type { StoredOrigin } from '../log-origins.ts'
import { jsonText, textColumns, wholeColumns } from './column-values.ts'

/** The origins that lines refer to. `seenMs` keeps them from ending before their lines. */
export function insertOfOrigins(origins: readonly StoredOrigin[], seenMs: number): ColumnInsert {
  const text = textColumns(origins)
  const whole = wholeColumns(origins)
  return {
    table: 'vigie.log_origins',
    into: [
      'id',
      'host',
      'container_id',
      'container_name',
      'image',
      'service',
      'source',
      'tags',
      'seen',
    ],
    columns: [
      { name: 'id', type: 'UInt64', data: BigUint64Array.from(origins, ({ id }) => id) },
      text('host', ({ origin }) => origin.host),
      text('container_id', ({ origin }) => origin.containerId),
      text('container_name', ({ origin }) => origin.containerName),
      text('image', ({ origin }) => origin.image),
      text('service', ({ origin }) => origin.service),
      text('source', ({ origin }) => origin.source),
      text('tags', ({ origin }) => jsonText([...new Set(origin.tags)].toSorted())),
      whole('seen', () => seenMs / 1000),
    ],
    select: [
      'id',
      'host',
      'container_id',
      'container_name',
      'image',
      'service',
      'source',
      `JSONExtract(tags, 'Array(String)')`,
      `toDateTime(seen, 'UTC')`,
    ],
  }
}
