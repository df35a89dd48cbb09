import type { WidgetBody } from '../api/contract/dashboards.ts'
import { nameIn, textIn, type JsonObject } from './json-fields.ts'
import { readQueryTable, readQueryValue, readSpread, readToplist } from './read-numbers.ts'
import { readEventStream, readListStream, readLogStream } from './read-streams.ts'
import { readTimeseries } from './read-timeseries.ts'
import type { Reading } from './reading.ts'

type ReadBody = (definition: JsonObject, reading: Reading) => WidgetBody | undefined

/** What can be shown besides groups, by the type in the file. */
const readers: ReadonlyMap<string, ReadBody> = new Map<string, ReadBody>([
  ['timeseries', readTimeseries],
  ['query_value', readQueryValue],
  ['toplist', readToplist],
  ['query_table', readQueryTable],
  ['heatmap', (definition, reading) => readSpread('heatmap', definition, reading)],
  ['distribution', (definition, reading) => readSpread('distribution', definition, reading)],
  ['note', (definition) => readText('note', definition)],
  ['free_text', (definition) => readText('free_text', definition)],
  ['event_stream', readEventStream],
  ['log_stream', readLogStream],
  ['list_stream', readListStream],
])

const aligns = ['left', 'center', 'right'] as const
const usualSizes = { note: 14, free_text: 36 }

/** What a widget shows, unless it is a group; undefined when it cannot be shown, the reason being left out already. */
export function readBody(definition: JsonObject, reading: Reading): WidgetBody | undefined {
  const type = textIn(definition, 'type')
  const read = readers.get(type)
  if (read !== undefined) return read(definition, reading)
  reading.leaveOut(
    type === '' ? 'its definition has no type' : 'widgets of this type cannot be shown',
  )
  return undefined
}

function readText(type: 'note' | 'free_text', definition: JsonObject): WidgetBody {
  // `24`, `24px`, `auto`
  const size = Number.parseFloat(String(definition['font_size']))
  return {
    type,
    text: textIn(definition, type === 'note' ? 'content' : 'text'),
    align: nameIn(definition, 'text_align', aligns) ?? 'left',
    size: Math.min(200, Math.max(8, Math.round(size || usualSizes[type]))),
  }
}
