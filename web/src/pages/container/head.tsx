import type { ReactElement } from 'react'

import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import { Badge } from '../../elements/badge.tsx'
import { Choice } from '../../elements/choice.tsx'
import { stateWord } from '../../elements/container-state.ts'
import { BackIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/message.ts'
import { clockText } from '../../units/clock.ts'
import { rangeNames, type RangeName, type TimeRange } from './time-range.ts'

/** The name of the container, its state, and the time range of all charts. */
export function Head(props: {
  readonly container: ContainerRow
  readonly range: TimeRange
  readonly onBack: () => void
  readonly onChoose: (name: RangeName) => void
  readonly onZoomOut: () => void
}): ReactElement {
  const { container, range, onBack, onChoose, onZoomOut } = props
  return (
    <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-3.5 py-2 sm:px-5">
      <button
        type="button"
        className="control px-2"
        aria-label={say('container.back')}
        title={say('container.back')}
        onClick={onBack}
      >
        <BackIcon />
      </button>
      <h1 className="min-w-0 truncate text-base font-semibold" title={container.name}>
        {container.name}
      </h1>
      <Badge {...stateWord(container)} />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {range.kind === 'zoomed' ? (
          <button type="button" className="control" onClick={onZoomOut}>
            <span className="text-ink">
              {say('range.zoomed', {
                from: clockText(range.span.fromS * 1000),
                to: clockText(range.span.toS * 1000),
              })}
            </span>
            <span className="text-faint">{say('range.zoomOut')}</span>
          </button>
        ) : (
          <span className="text-faint max-lg:hidden">{say('range.hint')}</span>
        )}
        <Choice
          label={say('range.label')}
          value={range.kind === 'zoomed' ? undefined : range.name}
          options={rangeNames.map((name) => ({ value: name, text: say(`range.${name}`) }))}
          onChoose={onChoose}
        />
      </div>
    </div>
  )
}
