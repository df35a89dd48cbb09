import type { Marker } from '../api/contract/dashboards.ts'
import { textIn, type JsonObject } from './json-fields.ts'

const numberPattern = String.raw`([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`
const line = new RegExp(String.raw`^\s*y\s*(?:=|[<>]=?)\s*${numberPattern}\s*$`)
const band = new RegExp(String.raw`^\s*${numberPattern}\s*<=?\s*y\s*<=?\s*${numberPattern}\s*$`)
const states = ['ok', 'warning', 'critical'] as const

/** A line (`y = 15`, and where `y > 15` begins) or a band (`10 < y < 20`); undefined for what is neither. */
export function readMarker(marker: JsonObject): Marker | undefined {
  const text = textIn(marker, 'value')
  const frame = { label: textIn(marker, 'label').trim(), state: stateOf(marker) }
  const value = line.exec(text)?.[1]
  if (value !== undefined) return { ...frame, value: Number(value) }
  const [, from, to] = band.exec(text) ?? []
  if (from === undefined || to === undefined) return undefined
  return { ...frame, value: Number(from), to: Number(to) }
}

/** `error dashed`: how bad it is, then how the line is drawn. */
function stateOf(marker: JsonObject): Marker['state'] {
  const [severity = ''] = textIn(marker, 'display_type').split(' ', 1)
  if (severity === 'error') return 'critical'
  return states.find((state) => state === severity) ?? 'none'
}
