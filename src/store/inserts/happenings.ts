import type { Event } from '../../model/event.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { ColumnInsert } from '../engine.ts'
import { jsonText, textColumns, wholeColumns } from './column-values.ts'

const timeOf = `fromUnixTimestamp64Milli(time, 'UTC')`
const tagsOf = `JSONExtract(tags, 'Array(String)')`

/** Events as one insert. The id is made of all they say, so that an event sent twice is one. */
export function insertOfEvents(events: readonly Event[]): ColumnInsert {
  const text = textColumns(events)
  const whole = wholeColumns(events)
  const texts = ['title', 'text', 'alert_type', 'priority', 'aggregation_key', 'source', 'host']
  return {
    table: 'vigie.event_log',
    into: ['time', 'id', ...texts, 'tags'],
    columns: [
      whole('time', (event) => event.timeMs),
      text('title', (event) => event.title),
      text('text', (event) => event.text),
      text('alert_type', (event) => event.alertType),
      text('priority', (event) => event.priority),
      text('aggregation_key', (event) => event.aggregationKey),
      text('source', (event) => event.source),
      text('host', (event) => event.host),
      text('tags', (event) => jsonText(event.tags)),
    ],
    select: [timeOf, `cityHash64(${texts.join(', ')}, tags)`, ...texts, tagsOf],
  }
}

/** Service checks as one insert. Name, host and tags make the id; of one moment the last status stays. */
export function insertOfServiceChecks(checks: readonly ServiceCheck[]): ColumnInsert {
  const text = textColumns(checks)
  const whole = wholeColumns(checks)
  return {
    table: 'vigie.service_check_log',
    into: ['time', 'id', 'name', 'status', 'message', 'host', 'tags'],
    columns: [
      whole('time', (check) => check.timeMs),
      whole('status', (check) => check.status),
      text('name', (check) => check.name),
      text('message', (check) => check.message),
      text('host', (check) => check.host),
      text('tags', (check) => jsonText(check.tags)),
    ],
    select: [
      timeOf,
      'cityHash64(name, host, tags)',
      'name',
      'toUInt8(status)',
      'message',
      'host',
      tagsOf,
    ],
  }
}
