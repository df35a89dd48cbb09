import { shortRankCounts, shortRankMethods } from '../../metric-language/function-signatures.ts'
import type { Frame } from '../frame.ts'
import { figureOf } from './figure-of.ts'
import { numberOption, textOption, type MetricFunction } from './metric-function.ts'

/**
 * `top(query, 10, 'mean', 'desc')`: so many series, best first, by one figure of what is shown of each; `bottom()` the same
 * from the least on. Series without any value come last, and those with the same figure in their order.
 * @see https://docs.datadoghq.com/dashboards/functions/rank/
 */
export const rankFunctions: Readonly<Record<string, MetricFunction>> = {
  top: {
    apply: (frame, { call: { options }, shownFrom }) =>
      rank(frame, shownFrom, {
        count: numberOption(options, 0),
        method: textOption(options, 1, 'mean'),
        isAscending: textOption(options, 2, 'desc') === 'asc',
      }),
  },
  bottom: {
    apply: (frame, { call: { options }, shownFrom }) =>
      rank(frame, shownFrom, {
        count: numberOption(options, 0),
        method: textOption(options, 1, 'mean'),
        isAscending: true,
      }),
  },
  ...Object.fromEntries(
    shortRankCounts.flatMap((count) =>
      [undefined, ...shortRankMethods].flatMap((method) => [
        shortForm('top', count, method),
        shortForm('bottom', count, method),
      ]),
    ),
  ),
}

interface Ranking {
  readonly count: number
  readonly method: string
  readonly isAscending: boolean
}

function shortForm(
  side: 'top' | 'bottom',
  count: number,
  method: string | undefined,
): [string, MetricFunction] {
  const ranking = { count, method: method ?? 'mean', isAscending: side === 'bottom' }
  const name = method === undefined ? `${side}${count}` : `${side}${count}_${method}`
  return [name, { apply: (frame, { shownFrom }) => rank(frame, shownFrom, ranking) }]
}

function rank(frame: Frame, shownFrom: number, ranking: Ranking): Frame {
  const sign = ranking.isAscending ? 1 : -1
  const ranked = frame.series.map((series) => {
    const shown = series.values.subarray(shownFrom)
    const figure = figureOf(shown, ranking.method, frame.intervalMs / 1000) * sign
    return { series, figure: Number.isNaN(figure) ? Number.POSITIVE_INFINITY : figure }
  })
  // Infinity less itself is no number.
  ranked.sort((one, other) => (one.figure === other.figure ? 0 : one.figure - other.figure))
  return { ...frame, series: ranked.slice(0, ranking.count).map(({ series }) => series) }
}
