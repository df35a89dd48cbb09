import type { HappeningCounts, HappeningKind } from '../../../src/api/contract/happenings.ts'
import type { QueryAnswer } from '../../../src/api/contract/query.ts'
import type { Span } from '../data/history.ts'
import { useHost } from '../data/hosts.ts'
import { useRequest } from '../data/request.ts'
import { say } from '../messages/past.ts'
import { curvePath } from './curve-path.ts'
import { ratioOf } from './time-window.ts'

/** The kinds of happenings that the bar marks. */
export const markedKinds = ['exit', 'health', 'oom'] as const satisfies readonly HappeningKind[]
export type MarkedKind = (typeof markedKinds)[number]

/** What stands behind the handle. */
export interface BarData {
  /** An SVG path; empty while there is none. */
  readonly curve: string
  readonly marks: readonly KindMarks[]
  /** What could not be read, each one sentence. */
  readonly problems: readonly string[]
}

/** Where something of a kind happened, from 0 to 1 over the span, and how often in all. */
export interface KindMarks {
  readonly kind: MarkedKind
  readonly ratios: readonly number[]
  readonly count: number
}

/** The bar asks anew when it has moved on by this share of its width. */
const freshShare = 1 / 60
/** Happenings are counted in at most so many pieces of the span. */
const mostBars = 200

/** Curve and marks of a span, up to the newest second. */
export function useBarData(span: Span, latestS: number): BarData {
  const host = useHost()
  const { fromS, toS } = spreadSpan(span, latestS)
  const path = (route: string, query: string, more = ''): string =>
    `${route}?${new URLSearchParams({ from: String(fromS), to: String(toS), query })}${more}`
  const options = { keepsPrevious: true, isLasting: true }
  const scope = host === '' ? '*' : `host:${host}`
  const curve = useRequest<QueryAnswer>(
    path('/api/v1/query', `sum:docker.cpu.usage{${scope}}`),
    options,
  )
  const kinds = `kind:(${markedKinds.join(' OR ')})`
  const counts = useRequest<HappeningCounts>(
    path(
      '/api/happenings/counts',
      host === '' ? kinds : `${kinds} host:"${host}"`,
      `&steps=${mostBars}`,
    ),
    options,
  )
  const [series] = curve.data?.series ?? []
  return {
    curve: series === undefined ? '' : curvePath(series, span),
    marks: counts.data === undefined ? [] : placeMarks(counts.data, span),
    problems: [
      curve.error && say('past.curveFailed', { message: curve.error.message }),
      counts.error && say('past.marksFailed', { message: counts.error.message }),
    ].filter((problem) => problem !== null),
  }
}

/** The span in round steps, so that it is the same for a while. */
function spreadSpan({ fromS, toS }: Span, latestS: number): Span {
  const stepS = Math.max(15, Math.floor((toS - fromS) * freshShare))
  return {
    fromS: Math.floor(fromS / stepS) * stepS,
    toS: Math.floor(Math.min(toS, latestS) / stepS) * stepS + stepS,
  }
}

function placeMarks({ bars, fromS, stepS }: HappeningCounts, span: Span): readonly KindMarks[] {
  return markedKinds.flatMap((kind) => {
    const counts = bars.find((bar) => bar.kind === kind)?.counts ?? []
    const places = counts.flatMap((count, index) => (count === 0 ? [] : [{ count, index }]))
    const shown = places
      .map(({ count, index }) => ({ count, atS: fromS + (index + 0.5) * stepS }))
      .filter(({ atS }) => atS >= span.fromS && atS <= span.toS)
    if (shown.length === 0) return []
    const count = shown.reduce((sum, place) => sum + place.count, 0)
    return [{ kind, count, ratios: shown.map(({ atS }) => ratioOf(atS, span)) }]
  })
}
