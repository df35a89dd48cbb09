import { numberIn, objectIn, textIn, type JsonObject } from './json-fields.ts'
import type { Reading } from './reading.ts'

const daysS = 86_400
const unitsS: Readonly<Partial<Record<string, number>>> = {
  m: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  d: daysS,
  day: daysS,
  w: 7 * daysS,
  week: 7 * daysS,
  mo: 30 * daysS,
  month: 30 * daysS,
  y: 365 * daysS,
  year: 365 * daysS,
}
const maxSpanS = 10 * 365 * daysS

/**
 * The seconds up to now that a widget shows whatever the page shows: `{"live_span": "4h"}`, or
 * `{"type": "live", "value": 4, "unit": "hour"}`. Undefined where it follows the page; any other time is left out.
 */
export function readSpan(definition: JsonObject, reading: Reading): number | undefined {
  const time = objectIn(definition, 'time')
  const spanS = Math.ceil(spanOf(time))
  if (spanS > 0 && spanS <= maxSpanS) return spanS
  const isPages = time['live_span'] === 'alert' || Object.values(time).every((one) => one === null)
  if (!isPages) {
    const seen = textIn(time, 'live_span') || textIn(time, 'type') || 'unknown'
    reading.leaveOut(`its time, ${seen.slice(0, 50)}: it shows that of the page`)
  }
  return undefined
}

/** 0 for what is no such time. */
function spanOf(time: JsonObject): number {
  if (time['type'] === 'live') {
    return (numberIn(time, 'value') ?? 0) * (unitsS[textIn(time, 'unit')] ?? 0)
  }
  const [, count = '', unit = ''] = /^(\d{1,6})([a-z]+)$/.exec(textIn(time, 'live_span')) ?? []
  return Number(count) * (unitsS[unit] ?? 0)
}
