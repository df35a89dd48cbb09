import { useMemo, type ReactElement } from 'react'

import { figureNames } from '../../../../src/api/contract/containers.ts'
import { buildChartData, type LineSource, type Tail } from '../../charts/chart-data.ts'
import type { ChartLook } from '../../charts/chart-options.ts'
import { Chart, type ChartFeed } from '../../charts/chart.tsx'
import { useLive } from '../../data/live.ts'
import type { Trail } from '../../data/trail.ts'
import { say } from '../../messages/container.ts'
import { say as sayChart } from '../../messages/charts.ts'
import { spanOf, type TimeRange } from '../../ranges/time-range.ts'
import { durationText } from '../../units/duration.ts'
import { unfinishedFromS } from '../../charts/unfinished.ts'
import { isSlow, type ChartSpec, type LineSpec } from './chart-list.ts'
import { lineHistory } from './line-history.ts'
import type { Histories } from './use-histories.ts'

/** What is heard may come so much later than it was due. */
const lateS = 2
/** What comes by the store has to be stored and asked for first. */
const storedLateS = 5

/** One chart of a container: the stored past of the range, extended by each second that is heard. */
export function ContainerChart(props: {
  readonly spec: ChartSpec
  readonly histories: Histories
  readonly trail: Trail
  readonly range: TimeRange
  readonly limit: number | undefined
  /** Seconds between two readings of what the stream tells. */
  readonly readEveryS: number
  /** When the container was made, Unix milliseconds. */
  readonly bornMs: number
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { spec, histories, trail, range, limit, readEveryS, bornMs, onZoom } = props
  const { store } = useLive()
  const { past, slowPast, slowEveryS } = histories
  const everyS = useMemo(
    () => spec.lines.map((line) => (isSlow(line) ? slowEveryS : readEveryS)),
    [spec, slowEveryS, readEveryS],
  )
  const look = useMemo(
    (): ChartLook => ({
      ...spec,
      limit,
      lines: spec.lines.map((line) => ({ label: say(line.label) })),
    }),
    [spec, limit],
  )
  const sources = useMemo(
    () =>
      spec.lines.map((line): LineSource => {
        const [of, holdsS] = isSlow(line)
          ? [slowPast, slowEveryS + storedLateS]
          : [past, readEveryS + lateS]
        const history = lineHistory(line, of, bornMs)
        return { history, isAwaited: of === undefined, tail: tailOf(line, trail), holdsS }
      }),
    [spec, past, slowPast, slowEveryS, trail, readEveryS, bornMs],
  )
  const feed = useMemo(
    () =>
      feedOf(spec, sources, {
        everyS,
        subscribe: store.onBeat,
        span: () => spanOf(range, store.nowMs()),
      }),
    [spec, sources, range, everyS, store],
  )
  const title = say(spec.title)
  if (spec.missing !== undefined && isUntold(sources, slowPast)) {
    return <Untold title={title} reason={say(spec.missing)} />
  }
  const isRead = (spec.lines.every(isSlow) ? slowPast : past) !== undefined
  return (
    <Chart
      {...{ title, look, feed, onZoom }}
      note={noteOf(spec, sources, everyS)}
      empty={say(isRead ? 'chart.none' : 'chart.loading')}
    />
  )
}

/** Whether other figures of the slow cadence are there, and these are not. */
function isUntold(sources: readonly LineSource[], slowPast: Histories['slowPast']): boolean {
  return (slowPast?.size ?? 0) > 0 && sources.every(({ history }) => history === undefined)
}

/** Says in the place of a chart why there is none. */
function Untold(props: { readonly title: string; readonly reason: string }): ReactElement {
  return (
    <section className="chart" aria-label={props.title}>
      <h3 className="font-semibold">{props.title}</h3>
      <p className="pt-2 text-soft">{props.reason}</p>
    </section>
  )
}

function tailOf({ figure }: LineSpec, trail: Trail): Tail | undefined {
  if (figure === undefined) return undefined
  const place = figureNames.indexOf(figure) + 1
  return { seconds: trail.seconds, valueAt: (index) => trail.rows[index]?.[place] }
}

function feedOf(
  { lines }: ChartSpec,
  sources: readonly LineSource[],
  surroundings: {
    readonly everyS: readonly number[]
    readonly subscribe: ChartFeed['subscribe']
    readonly span: ChartFeed['window']
  },
): ChartFeed {
  const { everyS, subscribe, span } = surroundings
  const reachS = Math.max(...everyS, intervalOf(sources)) + lateS
  return {
    window: span,
    read: () => buildChartData(sources, span()),
    subscribe,
    reachS: () => reachS,
    unfinishedS: () =>
      unfinishedOf(lines, sources, { everyS: Math.max(...everyS), toS: span().toS }),
  }
}

/** Where lines are of the store alone, their last mean may be of an interval that is not over. */
function unfinishedOf(
  lines: readonly LineSpec[],
  sources: readonly LineSource[],
  { everyS, toS }: { readonly everyS: number; readonly toS: number },
): number | undefined {
  if (!lines.every(isSlow)) return undefined
  const starts = sources.flatMap(({ history }) => {
    if (history === undefined || history.intervalS <= everyS) return []
    const { intervalS, points } = history
    // The first may stand later than its interval begins, where the container was made in it.
    const startS = Math.floor((points[0]?.[0] ?? 0) / 1000 / intervalS) * intervalS
    return (
      unfinishedFromS({ startS, intervalS, values: points.map(([, value]) => value) }, toS) ?? []
    )
  })
  return starts.length === 0 ? undefined : Math.min(...starts)
}

/** What a point stands for, unless it is the reading of a second. */
function noteOf(
  { lines }: ChartSpec,
  sources: readonly LineSource[],
  readEveryS: readonly number[],
): string {
  const everyS = Math.min(...readEveryS)
  const meansS = sources.flatMap(({ history }, line) => {
    const intervalS = history?.intervalS ?? 0
    return intervalS > (readEveryS[line] ?? 0) ? [intervalS] : []
  })
  const hasCounter = lines.some(({ isCounter }) => isCounter)
  if (meansS.length > 0) {
    return sayInterval(hasCounter ? 'chart.every' : 'chart.means', Math.max(...meansS))
  }
  return everyS > 1 ? sayInterval('chart.every', everyS) : ''
}

function sayInterval(key: 'chart.means' | 'chart.every', intervalS: number): string {
  return sayChart(key, { interval: durationText(intervalS * 1000) })
}

function intervalOf(sources: readonly LineSource[]): number {
  return Math.max(0, ...sources.map(({ history }) => history?.intervalS ?? 0))
}
