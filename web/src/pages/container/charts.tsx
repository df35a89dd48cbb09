import { useEffect, useMemo, type ReactElement } from 'react'

import { figureNames } from '../../../../src/api/contract/containers.ts'
import { buildChartData, type History, type Tail } from '../../charts/chart-data.ts'
import type { ChartLook } from '../../charts/chart-options.ts'
import { Chart, type ChartFeed } from '../../charts/chart.tsx'
import { useHistory } from '../../data/history.ts'
import { useLink, useLive } from '../../data/live.ts'
import type { Trail } from '../../data/trail.ts'
import { say } from '../../messages/container.ts'
import { spanOf, type TimeRange } from '../../ranges/time-range.ts'
import { chartList, metricOf, questionFor, type ChartSpec, type LineSpec } from './chart-list.ts'

/** How often the stored past is read anew while the present is appended to it. */
const refreshMs = 60_000
/** What was heard just before the page opened takes so long to be stored. */
const settleMs = 4000

/** Limits to draw: percent of one core, bytes. */
export interface Limits {
  readonly cpu: number | undefined
  readonly memory: number | undefined
}

/** All charts of a container: the stored past of the range, extended by each second that is heard. */
export function Charts(props: {
  readonly id: string
  readonly range: TimeRange
  readonly limits: Limits
  /** Seconds between two readings. */
  readonly readEveryS: number
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { id, range, limits, readEveryS, onZoom } = props
  const trail = useTrail(id)
  const { data: past, error, isPending, refetch } = useContainerHistory(id, range, readEveryS)
  return (
    <section aria-label={say('container.charts')}>
      <p role="status" className="px-4 text-soft sm:px-5">
        {isPending && say('chart.loading')}
        {error && say('chart.failed', { message: error.message })}{' '}
        {error && (
          <button type="button" className="underline" onClick={() => void refetch()}>
            {say('chart.retry')}
          </button>
        )}
      </p>
      <div className="grid gap-3 px-3.5 pt-2 sm:px-5 lg:grid-cols-2">
        {chartList.map((spec) => {
          const limit = spec.limit && limits[spec.limit]
          return (
            <ContainerChart
              key={spec.title}
              {...{ spec, past, trail, range, limit, readEveryS, onZoom }}
            />
          )
        })}
      </div>
    </section>
  )
}

function ContainerChart(props: {
  readonly spec: ChartSpec
  readonly past: ReadonlyMap<string, History> | undefined
  readonly trail: Trail
  readonly range: TimeRange
  readonly limit: number | undefined
  readonly readEveryS: number
  readonly onZoom: (fromS: number, toS: number) => void
}): ReactElement {
  const { spec, past, trail, range, limit, readEveryS, onZoom } = props
  const { store } = useLive()
  const look = useMemo(
    (): ChartLook => ({
      ...spec,
      limit,
      lines: spec.lines.map((line) => ({ label: say(line.label) })),
    }),
    [spec, limit],
  )
  const feed = useMemo((): ChartFeed => {
    const window = (): ReturnType<typeof spanOf> => spanOf(range, store.nowMs())
    const sources = spec.lines.map((line) => ({
      history: past?.get(metricOf(line)),
      tail: { ...tailOf(trail, line), readEveryS },
    }))
    return { window, read: () => buildChartData(sources, window()), subscribe: store.onBeat }
  }, [spec, past, trail, range, readEveryS, store])
  return <Chart title={say(spec.title)} look={look} feed={feed} onZoom={onZoom} />
}

function tailOf(trail: Trail, { figure }: LineSpec): Omit<Tail, 'readEveryS'> {
  const place = figureNames.indexOf(figure) + 1
  return { seconds: trail.seconds, valueAt: (index) => trail.rows[index]?.[place] }
}

function useTrail(id: string): Trail {
  const { store } = useLive()
  const following = useMemo(() => store.follow(id), [store, id])
  useEffect(() => {
    following.begin()
    return following.end
  }, [following])
  return following.trail
}

/** The stored past, read anew once it has settled, each minute, and whenever the stream comes back. */
function useContainerHistory(
  id: string,
  range: TimeRange,
  readEveryS: number,
): ReturnType<typeof useHistory> {
  const { store } = useLive()
  const link = useLink().kind
  const isNewest = range.kind === 'newest'
  const question = useMemo(() => questionFor(id), [id])
  const history = useHistory({
    key: JSON.stringify([id, range, readEveryS]),
    question,
    readEveryS,
    span: () => spanOf(range, store.nowMs()),
    everyMs: isNewest ? refreshMs : undefined,
  })
  const { refetch } = history
  useEffect(() => {
    if (!isNewest || link !== 'live') return undefined
    const timer = setTimeout(() => void refetch(), settleMs)
    return () => clearTimeout(timer)
  }, [isNewest, link, id, refetch])
  return history
}
