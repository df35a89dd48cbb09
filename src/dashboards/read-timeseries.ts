import type { WidgetBody } from '../api/contract/dashboards.ts'
import { isSearch } from './check-texts.ts'
import { nameIn, numberIn, objectIn, objectsIn, textIn, type JsonObject } from './json-fields.ts'
import { readMarker } from './read-marker.ts'
import { listRequests, readTerms } from './read-terms.ts'
import type { Reading } from './reading.ts'

type Timeseries = Extract<WidgetBody, { type: 'timeseries' }>

const displays = ['line', 'area', 'bars'] as const
const maxMarkers = 20

/** A widget of curves over time; undefined when no curve of it can be drawn. */
export function readTimeseries(definition: JsonObject, reading: Reading): Timeseries | undefined {
  const requests = listRequests(definition)
  const drawn = requests.filter((request) => eventSearch(request) === undefined)
  const curves = readTerms({ requests: drawn }, reading).map((term) => ({
    text: term.text,
    alias: term.alias,
    reduce: term.reduce,
    display: nameIn(term.request, 'display_type', displays) ?? 'line',
  }))
  if (curves.length === 0) return undefined
  if (drawn.some((request) => request['on_right_yaxis'] === true)) {
    reading.leaveOut('the axis at its right: all its curves are drawn by the left one')
  }
  return {
    type: 'timeseries',
    curves,
    axis: readAxis(objectIn(definition, 'yaxis'), reading),
    markers: readMarkers(definition, reading),
    events: readEvents(definition, requests, reading),
    hasLegend: definition['show_legend'] !== false,
  }
}

function readAxis(axis: JsonObject, reading: Reading): Timeseries['axis'] {
  const min = numberIn(axis, 'min')
  const max = numberIn(axis, 'max')
  const scale = textIn(axis, 'scale')
  if (!['', 'linear', 'log'].includes(scale)) {
    reading.leaveOut(`its axis in the scale ${scale.slice(0, 50)}: it is drawn in a linear one`)
  }
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    isLog: scale === 'log',
  }
}

function readMarkers(definition: JsonObject, reading: Reading): Timeseries['markers'] {
  return objectsIn(definition, 'markers')
    .slice(0, maxMarkers)
    .flatMap((marker) => {
      const read = readMarker(marker)
      if (read !== undefined) return [read]
      const seen = textIn(marker, 'value').slice(0, 50)
      reading.leaveOut(`its marker "${seen}"; y = 15 and 10 < y < 20 can be read`)
      return []
    })
}

/** Events come as `events` in the older form, as a request that is laid over the curves in the newer one. */
function readEvents(
  definition: JsonObject,
  requests: readonly JsonObject[],
  reading: Reading,
): string {
  const searches = [
    ...objectsIn(definition, 'events').map((event) => textIn(event, 'q')),
    ...requests.flatMap((request) => eventSearch(request) ?? []),
  ]
  const [first = '', ...others] = searches.filter((search) => isSearch(search, reading))
  if (others.length > 0) reading.leaveOut('its second search for events; one is drawn')
  return first
}

function eventSearch(request: JsonObject): string | undefined {
  if (request['display_type'] !== 'overlay') return undefined
  const [query] = objectsIn(request, 'queries')
  return query?.['data_source'] === 'events'
    ? textIn(objectIn(query, 'search'), 'query')
    : undefined
}
