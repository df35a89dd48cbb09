import type { Span } from '../data/history.ts'
import type { Search } from '../data/search.ts'

/** How much time the bar shows: a span that ends now or lies around the moment, or all that is kept. */
export const barSpans = ['15m', '1h', '6h', '1d', 'all'] as const
export type BarSpan = (typeof barSpans)[number]

/** What the bar has to show. Unix seconds. */
export interface WindowQuestion {
  readonly span: BarSpan
  readonly atS: number
  readonly latestS: number
  /** Before it nothing is kept; absent while that is not known. */
  readonly keptFromS: number | undefined
}

const firstSpan: BarSpan = '1h'
const secondsOf: Readonly<Record<Exclude<BarSpan, 'all'>, number>> = {
  '15m': 900,
  '1h': 3600,
  '6h': 6 * 3600,
  '1d': 86_400,
}
/** The bar moves on with the present in so many steps over its width. */
const stepsOfWindow = 900

/** The span an address asks for. */
export function readBarSpan(search: Search): BarSpan {
  const { span } = search as Partial<Record<string, string>>
  return barSpans.find((known) => known === span) ?? firstSpan
}

/** What is written into the address for a span. */
export function writeBarSpan(span: BarSpan): string | undefined {
  return span === firstSpan ? undefined : span
}

/**
 * The time the bar shows. It ends now if the moment is in sight then; else it lies around the moment, and stays there until
 * the moment leaves it.
 */
export function placeWindow(question: WindowQuestion, before: Span | undefined): Span {
  const { atS, latestS } = question
  const seconds = widthOf(question)
  const stepS = Math.max(1, Math.floor(seconds / stepsOfWindow))
  const endS = Math.ceil(latestS / stepS) * stepS
  if (atS >= endS - seconds) return { fromS: endS - seconds, toS: endS }
  if (before !== undefined && before.toS - before.fromS === seconds && isWithin(atS, before)) {
    return before
  }
  const fromS = atS - Math.floor(seconds / 2)
  return { fromS, toS: fromS + seconds }
}

/** Where a moment lies in a span, from 0 to 1. */
export function ratioOf(atS: number, { fromS, toS }: Span): number {
  return Math.min(1, Math.max(0, (atS - fromS) / (toS - fromS)))
}

/** The second at a place in a span, not after the newest. */
export function secondAt(ratio: number, { fromS, toS }: Span, latestS: number): number {
  return Math.min(latestS, Math.round(fromS + Math.min(1, Math.max(0, ratio)) * (toS - fromS)))
}

function widthOf({ span, latestS, keptFromS, atS }: WindowQuestion): number {
  if (span !== 'all') return secondsOf[span]
  const oldestS = Math.min(keptFromS ?? latestS - secondsOf['1d'], atS)
  const marginS = Math.ceil((latestS - oldestS) / 20)
  // In whole minutes, so that it does not change every second.
  return Math.max(secondsOf['15m'], Math.ceil((latestS - oldestS + marginS) / 60) * 60)
}

function isWithin(atS: number, { fromS, toS }: Span): boolean {
  return atS >= fromS && atS <= toS
}
