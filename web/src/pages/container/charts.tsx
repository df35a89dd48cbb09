import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react'

import { MarksContext } from '../../charts/marks-context.ts'
import { useInView } from '../../charts/use-in-view.ts'
import { useLive } from '../../data/live.ts'
import type { Trail } from '../../data/trail.ts'
import type { HappeningRow } from '../../../../src/api/contract/happenings.ts'
import { containerMarkOf } from '../../marks/mark-of.ts'
import { containerMarksQuery } from '../../marks/mark-queries.ts'
import { MarksNote } from '../../marks/marks-note.tsx'
import { useMarks, type Marks } from '../../marks/use-marks.ts'
import { say } from '../../messages/container.ts'
import type { TimeRange } from '../../ranges/time-range.ts'
import { chartList, isSlow, type ChartSpec } from './chart-list.ts'
import { ContainerChart } from './container-chart.tsx'
import { useHistories, type Histories } from './use-histories.ts'

/** Limits to draw: percent of one core, bytes. */
export interface Limits {
  readonly cpu: number | undefined
  readonly memory: number | undefined
}

interface ChartsProps {
  readonly id: string
  readonly range: TimeRange
  readonly limits: Limits
  /** Seconds between two readings. */
  readonly readEveryS: number
  /** When the container was made, Unix milliseconds. */
  readonly bornMs: number
  readonly onZoom: (fromS: number, toS: number) => void
}

/** All charts of a container, with what happened to it as marks on each. */
export function Charts(props: ChartsProps): ReactElement {
  const { id, range, limits, readEveryS, bornMs, onZoom } = props
  const trail = useTrail(id)
  const [needsSlow, setNeedsSlow] = useState(false)
  const askSlow = useCallback(() => setNeedsSlow(true), [])
  const histories = useHistories(id, range, needsSlow)
  const marks = useContainerMarks(id, range)
  return (
    <section aria-label={say('container.charts')}>
      <Status histories={histories} marks={marks} />
      <MarksContext value={marks.events}>
        <div className="grid gap-3 px-3.5 pt-2 sm:px-5 lg:grid-cols-2">
          {chartList.map((spec) => {
            const limit = spec.limit && limits[spec.limit]
            return (
              <Seen key={spec.title} spec={spec} onSlow={askSlow}>
                <ContainerChart
                  {...{ spec, histories, trail, range, limit, readEveryS, bornMs, onZoom }}
                />
              </Seen>
            )
          })}
        </div>
      </MarksContext>
    </section>
  )
}

/** A chart; one of figures that are read seldom says so when it comes into sight. */
function Seen(props: {
  readonly spec: ChartSpec
  readonly onSlow: () => void
  readonly children: ReactElement
}): ReactElement {
  const { spec, onSlow, children } = props
  const box = useRef<HTMLDivElement>(null)
  const isInView = useInView(box)
  const isAsking = isInView && spec.lines.some(isSlow)
  useEffect(() => {
    if (isAsking) onSlow()
  }, [isAsking, onSlow])
  return (
    <div ref={box} className="grid min-w-0">
      {children}
    </div>
  )
}

function Status(props: { readonly histories: Histories; readonly marks: Marks }): ReactElement {
  const { error, isPending, retry } = props.histories
  return (
    <p role="status" className="px-4 text-soft sm:px-5">
      {isPending && say('chart.loading')}
      {error && say('chart.failed', { message: error.message })}{' '}
      {error && (
        <button type="button" className="underline" onClick={retry}>
          {say('chart.retry')}
        </button>
      )}
      <MarksNote marks={props.marks} />
    </p>
  )
}

function useContainerMarks(id: string, range: TimeRange): Marks {
  const query = useMemo(() => containerMarksQuery(id), [id])
  const toMark = useCallback((row: HappeningRow) => containerMarkOf(row, id), [id])
  return useMarks(query, range, toMark)
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
