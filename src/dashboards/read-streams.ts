import type { WidgetBody } from '../api/contract/dashboards.ts'
import { isSearch } from './check-texts.ts'
import { objectIn, objectsIn, textIn, textsIn, type JsonObject } from './json-fields.ts'
import { listRequests } from './read-terms.ts'
import type { Reading } from './reading.ts'

type Stream = Extract<WidgetBody, { type: 'event_stream' | 'log_stream' }>

const maxColumns = 20
/** What is always shown, and Datadog's names for what we call otherwise. */
const shown: ReadonlySet<string> = new Set([
  'timestamp',
  'content',
  'core_timestamp',
  'core_content',
])
const renamed: ReadonlyMap<string, string> = new Map([
  ['core_host', 'host'],
  ['core_service', 'service'],
  ['core_source', 'source'],
  ['core_status', 'level'],
  ['status', 'level'],
  ['status_line', 'level'],
])

/** The newest events of a search; undefined when it cannot be read. */
export function readEventStream(definition: JsonObject, reading: Reading): Stream | undefined {
  const query = textIn(definition, 'query')
  return isSearch(query, reading) ? { type: 'event_stream', query } : undefined
}

/** The newest log lines of a search; undefined when it cannot be read. */
export function readLogStream(definition: JsonObject, reading: Reading): Stream | undefined {
  const query = textIn(definition, 'query')
  const columns = readColumns(textsIn(definition, 'columns'))
  return isSearch(query, reading) ? { type: 'log_stream', query, columns } : undefined
}

/** The newer form of both; undefined when it lists something else. */
export function readListStream(definition: JsonObject, reading: Reading): Stream | undefined {
  const [request = {}] = listRequests(definition)
  const asked = objectIn(request, 'query')
  const query = textIn(asked, 'query_string')
  const source = textIn(asked, 'data_source')
  if (source === 'event_stream') return readEventStream({ query }, reading)
  if (source === 'logs_stream') {
    const columns = objectsIn(request, 'columns').map((column) => textIn(column, 'field'))
    return readLogStream({ query, columns }, reading)
  }
  reading.leaveOut(
    `it lists ${source === '' ? 'nothing known' : source.slice(0, 50)}; logs_stream and event_stream can be shown`,
  )
  return undefined
}

function readColumns(names: readonly string[]): readonly string[] {
  const columns = names
    .filter((name) => name !== '' && !shown.has(name))
    .map((name) => renamed.get(name) ?? name.replace(/^tag_/, ''))
  return [...new Set(columns)].slice(0, maxColumns)
}
