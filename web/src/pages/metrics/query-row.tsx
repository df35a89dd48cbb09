import { useState, type ReactElement, type ReactNode } from 'react'

import type { MetricsAnswer, MetricTagsAnswer } from '../../../../src/api/contract/metrics.ts'
import { useRequest } from '../../data/request.ts'
import { CrossIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/metrics.ts'
import { FunctionPicker } from './function-picker.tsx'
import type { PickedQuery } from './query-model.ts'
import { SuggestBox } from './suggest-box.tsx'
import {
  completeKeys,
  completeScope,
  readKeys,
  suggestKeys,
  suggestScope,
  type Suggestion,
} from './suggestions.ts'

const aggregators = ['avg', 'min', 'max', 'sum'] as const
/** Further ones, which need all values. */
const ofDistributions = ['count', 'p50', 'p75', 'p90', 'p95', 'p99'] as const
const noKeys: MetricTagsAnswer['keys'] = []

/** One query as fields: how series become one, of which metric, of what, grouped by what, and what is made of it. */
export function QueryRow(props: {
  readonly name: string
  readonly isOnly: boolean
  readonly query: PickedQuery
  readonly onChange: (change: Partial<PickedQuery>) => void
  readonly onRemove: () => void
  /** What stands at its end. */
  readonly children?: ReactNode
}): ReactElement {
  const { name, isOnly, query, onChange, onRemove, children } = props
  const { metric, aggregator, scope, groupBy } = query
  const { data: tags } = useRequest<MetricTagsAnswer>(
    `/api/metrics/${encodeURIComponent(metric)}/tags`,
    { isEnabled: metric !== '' },
  )
  const keys = tags?.keys ?? noKeys
  const named = (field: string): string => (isOnly ? field : `${field}, ${name}`)
  return (
    <div className="query-row" role="group" aria-label={say('metrics.queryOf', { name })}>
      {!isOnly && <span className="query-name">{name}</span>}
      <AggregatorSelect
        label={named(say('metrics.aggregator'))}
        metric={metric}
        value={aggregator}
        onChoose={(chosen) => onChange({ aggregator: chosen })}
      />
      <MetricBox
        label={named(say('metrics.metric'))}
        metric={metric}
        onChoose={(chosen) => chosen !== '' && onChange({ metric: chosen })}
      />
      {metric !== '' && (
        <>
          <span className="text-faint max-sm:sr-only">{say('metrics.from')}</span>
          <SuggestBox
            label={named(say('metrics.scope'))}
            className="min-w-32 flex-1 basis-32"
            value={scope === '*' ? '' : scope}
            placeholder={say('metrics.everything')}
            suggestions={(draft) => suggestScope(draft, keys)}
            complete={completeScope}
            onCommit={(text) => onChange({ scope: text === '' ? '*' : text })}
          />
          <span className="text-faint max-sm:sr-only">{say('metrics.by')}</span>
          <SuggestBox
            label={named(say('metrics.groupBy'))}
            className="min-w-32 flex-1 basis-32"
            value={groupBy.join(', ')}
            placeholder={say('metrics.together')}
            suggestions={(draft) => suggestKeys(draft, keys)}
            complete={completeKeys}
            onCommit={(text) => onChange({ groupBy: readKeys(text) })}
          />
          <FunctionPicker label={named(say('metrics.addFunction'))} {...{ query, onChange }} />
          <button
            type="button"
            className="control px-2"
            aria-label={named(say('metrics.removeQuery'))}
            title={say('metrics.removeQuery')}
            onClick={onRemove}
          >
            <CrossIcon />
          </button>
          {children}
        </>
      )}
    </div>
  )
}

function AggregatorSelect(props: {
  readonly label: string
  readonly metric: string
  readonly value: string
  readonly onChoose: (aggregator: string) => void
}): ReactElement {
  const { label, metric, value, onChoose } = props
  const { data } = useRequest<MetricsAnswer>(`/api/metrics?q=${encodeURIComponent(metric)}`, {
    isEnabled: metric !== '',
  })
  const kind = data?.metrics.find((row) => row.name === metric)?.kind
  const known = kind === 'distribution' ? [...aggregators, ...ofDistributions] : [...aggregators]
  const offered: readonly string[] = known.some((one) => one === value) ? known : [...known, value]
  return (
    <select
      className="query-input"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {offered.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  )
}

function MetricBox(props: {
  readonly label: string
  readonly metric: string
  readonly onChoose: (metric: string) => void
}): ReactElement {
  const { label, metric, onChoose } = props
  const [draft, setDraft] = useState('')
  // A field that was just reached shows all metrics, not only the one it holds.
  const wanted = draft === metric ? '' : draft
  const { data } = useRequest<MetricsAnswer>(`/api/metrics?q=${encodeURIComponent(wanted)}`, {
    keepsPrevious: true,
  })
  const suggestions = (data?.metrics ?? [])
    .slice(0, 100)
    .map(({ name, unit }): Suggestion => ({ text: name, about: unit, isBeginning: false }))
  return (
    <SuggestBox
      label={label}
      className="min-w-48 flex-2 basis-56 font-mono text-xs"
      value={metric}
      placeholder={say('metrics.pickMetric')}
      suggestions={() => suggestions}
      complete={(_draft, { text }) => text}
      onDraft={setDraft}
      onCommit={onChoose}
    />
  )
}
