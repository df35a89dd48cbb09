import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { MetricRow, MetricsAnswer } from '../../../../src/api/contract/metrics.ts'
import { useLive } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'
import { say, sayCount } from '../../messages/metrics.ts'
import { dayText } from '../../units/clock.ts'
import { durationText } from '../../units/duration.ts'
import { countQuantity } from '../../units/quantity.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { NoMetrics } from './no-metrics.tsx'
import { queryOf } from './query-model.ts'
import { writeQuery } from './write-query.ts'

const rowHeight = 44
/** As many as the server lists at a time. */
const mostListed = 10_000
const refreshMs = 60_000
/** A catalogue with nothing in it waits for the first metric. */
const waitMs = 5000
const dayS = 86_400
const noMetrics: readonly MetricRow[] = []

/** All metrics there are: found by words of their names, opened with a click, `j`, `k` and Enter. */
export function Catalogue(props: {
  readonly find: string
  readonly onFind: (find: string) => void
  /** A query about the metric that was chosen. */
  readonly onChoose: (query: string) => void
}): ReactElement {
  const { find, onFind, onChoose } = props
  const [isWaiting, setWaiting] = useState(false)
  const { data, error, isPending } = useRequest<MetricsAnswer>(
    `/api/metrics?q=${encodeURIComponent(find.trim())}&limit=${mostListed}`,
    { keepsPrevious: true, everyMs: isWaiting ? waitMs : refreshMs },
  )
  const metrics = data?.metrics ?? noMetrics
  useEffect(() => setWaiting(data?.metrics.length === 0), [data])
  return (
    <section aria-label={say('metrics.catalogue')} className="flex flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2.5 sm:px-5">
        <input
          type="search"
          className="query-input min-w-48 flex-1 sm:max-w-sm"
          aria-label={say('metrics.find')}
          placeholder={say('metrics.find')}
          value={find}
          spellCheck={false}
          onChange={(event) => onFind(event.target.value)}
        />
        <span className="text-faint" role="status">
          {isPending && say('metrics.loading')}
          {data && sayCount(data.isCut ? 'metrics.foundCut' : 'metrics.found', metrics.length)}
        </span>
        {error !== null && (
          <span role="alert">{say('metrics.failed', { message: error.message })}</span>
        )}
      </div>
      {data !== undefined && metrics.length === 0 ? (
        <NoMetrics find={find.trim()} onClear={() => onFind('')} />
      ) : (
        <MetricTable metrics={metrics} onChoose={(row) => onChoose(firstQuery(row))} />
      )}
    </section>
  )
}

function MetricTable(props: {
  readonly metrics: readonly MetricRow[]
  readonly onChoose: (metric: MetricRow) => void
}): ReactElement {
  const { metrics, onChoose } = props
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState(-1)
  const virtualizer = useVirtualizer({
    count: metrics.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  useEffect(() => setChosen(-1), [metrics])
  function step(by: 1 | -1): void {
    const next = Math.min(Math.max(chosen + by, 0), metrics.length - 1)
    setChosen(next)
    virtualizer.scrollToIndex(next)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      const metric = metrics[chosen]
      if (metric) onChoose(metric)
    },
  })
  return (
    <div
      ref={list}
      role="table"
      aria-label={say('metrics.catalogue')}
      aria-rowcount={metrics.length + 1}
      className="catalogue"
    >
      <div role="rowgroup" className="catalogue-head">
        <div role="row" className="catalogue-row" aria-rowindex={1}>
          {(['name', 'kind', 'unit', 'series', 'interval', 'seen'] as const).map((column) => (
            <span key={column} role="columnheader" data-column={column}>
              {say(`metrics.head.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const metric = metrics[index]
          if (metric === undefined) return null
          return (
            <Row
              key={metric.name}
              metric={metric}
              index={index}
              top={start}
              isChosen={index === chosen}
              onChoose={() => onChoose(metric)}
            />
          )
        })}
      </div>
    </div>
  )
}

function Row(props: {
  readonly metric: MetricRow
  readonly index: number
  readonly top: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}): ReactElement {
  const { metric, index, top, isChosen, onChoose } = props
  const { store } = useLive()
  const { name, kind, unit, series, intervalS, seenS } = metric
  // Written as Markdown, for the reference.
  const description = metric.description.replaceAll('`', '')
  const isToday = store.nowMs() / 1000 - seenS < dayS
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="catalogue-row"
      data-metric={name}
      data-chosen={isChosen || undefined}
      style={{ top }}
      onClick={onChoose}
    >
      <span role="cell" data-column="name">
        <button type="button" className="truncate font-mono text-xs" title={name}>
          {name}
        </button>
        <span className="truncate text-faint" title={description}>
          {description}
        </span>
      </span>
      <span role="cell" data-column="kind">
        {say(`metrics.kind.${kind}`)}
      </span>
      <span role="cell" data-column="unit">
        {unit}
      </span>
      <span role="cell" data-column="series">
        {countQuantity(series).number}
      </span>
      <span role="cell" data-column="interval">
        {intervalS > 0 ? durationText(intervalS * 1000) : '–'}
      </span>
      <span role="cell" data-column="seen">
        {isToday ? say('metrics.today') : dayText(seenS * 1000)}
      </span>
    </div>
  )
}

/** What is asked first of a metric: counts are summed up, all else is averaged. */
function firstQuery({ name, kind }: MetricRow): string {
  const query = queryOf(name)
  if (kind !== 'count') return writeQuery(query)
  return writeQuery({ ...query, aggregator: 'sum', methods: [{ name: 'as_count', options: '' }] })
}
