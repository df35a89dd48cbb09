import type { Span } from '../data/history.ts'
import { parseMoment } from './parse-moment.ts'

/** Why a text is no span: the end that cannot be read, or what is wrong with both together. */
export type SpanFault =
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'backwards' }
  | { readonly kind: 'future' }
  | { readonly kind: 'old' }

/** A text as a span of time, or why it is none. */
export type ParsedSpan =
  | { readonly kind: 'span'; readonly span: Span }
  | { readonly kind: 'fault'; readonly fault: SpanFault }

/** Between two moments: `-2h to -1h`, `10:00 – 11:00`, `hier à maintenant`, `-2h..-1h`. */
const between = /\s+(?:to|until|à|au|-|–|—)\s+|\s*(?:\.\.|…|→)\s*/u
/** Nothing was watched before containers were. */
const oldestMs = Date.UTC(2000, 0, 1)

/** The span that one text names: a moment until now, a whole day, or two moments. */
export function parseSpan(text: string, nowMs: number): ParsedSpan {
  const [from = '', ...rest] = text.trim().split(between)
  if (rest.length > 1) return fault({ kind: 'unreadable', text: text.trim() })
  return readSpan(from, rest[0], nowMs)
}

/** The span between two texts; without the second, the day that the first names, or from the first until now. */
export function readSpan(from: string, to: string | undefined, nowMs: number): ParsedSpan {
  const first = parseMoment(from, nowMs)
  if (first === undefined) return fault({ kind: 'unreadable', text: from.trim() })
  const last = to === undefined ? undefined : parseMoment(to, nowMs)
  if (to !== undefined && last === undefined) return fault({ kind: 'unreadable', text: to.trim() })
  const isDay = first.toMs > first.fromMs
  // The end of today is yet to come.
  const endMs = Math.min(nowMs, last?.toMs ?? (isDay ? first.toMs : nowMs))
  if (first.fromMs >= nowMs) return fault({ kind: 'future' })
  if (first.fromMs < oldestMs) return fault({ kind: 'old' })
  if (endMs <= first.fromMs) return fault({ kind: 'backwards' })
  return {
    kind: 'span',
    span: { fromS: Math.floor(first.fromMs / 1000), toS: Math.ceil(endMs / 1000) },
  }
}

function fault(why: SpanFault): ParsedSpan {
  return { kind: 'fault', fault: why }
}
