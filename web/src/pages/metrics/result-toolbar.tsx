import type { ReactElement } from 'react'

import { timeseriesPath } from '../../data/metric-answers.ts'
import { Choice } from '../../elements/choice.tsx'
import { CopyButton } from '../../elements/copy-button.tsx'
import { say, sayCount } from '../../messages/metrics.ts'
import { writeCsv, type LineRow } from './line-rows.ts'
import type { MetricAnswer } from './use-metric-answer.ts'
import { displays, type MetricsView } from './view.ts'

/** How the lines are drawn, and ways to take them elsewhere. */
export function ResultToolbar(props: {
  readonly view: MetricsView
  readonly answer: MetricAnswer
  readonly rows: readonly LineRow[]
  /** The switch for events on the chart. */
  readonly marks: ReactElement
  readonly onView: (change: Partial<MetricsView>) => void
}): ReactElement {
  const { view, answer, rows, marks, onView } = props
  const address = location.origin + timeseriesPath(answer.query, answer.span)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Choice
        label={say('metrics.display')}
        value={view.display}
        options={displays.map((value) => ({ value, text: say(`metrics.display.${value}`) }))}
        onChoose={(display) => onView({ display })}
      />
      <button
        type="button"
        className="control aria-pressed:bg-raised aria-pressed:text-ink"
        aria-pressed={view.isLog}
        onClick={() => onView({ isLog: !view.isLog })}
      >
        {say('metrics.logAxis')}
      </button>
      {marks}
      <span className="text-faint" role="status">
        {sayCount('metrics.lines', rows.length)}
      </span>
      <div className="ml-auto flex flex-wrap gap-2 max-sm:hidden">
        <CopyButton text={address} label={say('metrics.copyAddress')} />
        <CopyButton text={`curl -s '${address}'`} label={say('metrics.copyCurl')} />
        <button type="button" className="control" onClick={() => download(writeCsv(rows))}>
          {say('metrics.csv')}
        </button>
      </div>
    </div>
  )
}

function download(csv: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  link.download = 'metrics.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
