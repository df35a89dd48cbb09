import type { ReactElement } from 'react'

import type { DashboardAnswer } from '../../../../src/api/contract/dashboards.ts'
import { BackIcon, ScreenIcon, UnfillIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/dashboards.ts'
import { RangeControl } from '../../ranges/range-control.tsx'
import type { RangeInAddress } from '../../ranges/use-time-range.ts'
import type { Choice } from '../../widgets/choices.ts'
import { VariablePicker } from './variable-picker.tsx'

/** The name of the dashboard, its template variables, and the time that it shows. */
export function BoardHead(props: {
  readonly dashboard: DashboardAnswer
  readonly choices: readonly Choice[]
  readonly times: RangeInAddress
  /** The switch for events on the charts. */
  readonly marks: ReactElement
  readonly isKiosk: boolean
  readonly onBack: () => void
  readonly onKiosk: () => void
  readonly onChoose: (choice: Choice, values: readonly string[]) => void
}): ReactElement {
  const { dashboard, choices, times, marks, isKiosk, onBack, onKiosk, onChoose } = props
  const { title, description, widgets } = dashboard
  const kioskLabel = say(isKiosk ? 'dashboard.leaveKiosk' : 'dashboard.kiosk')
  return (
    <div className="board-head">
      {!isKiosk && (
        <button
          type="button"
          className="control px-2"
          aria-label={say('dashboard.back')}
          title={say('dashboard.back')}
          onClick={onBack}
        >
          <BackIcon />
        </button>
      )}
      <h1 className="min-w-0 truncate text-base font-semibold" title={description || title}>
        {title}
      </h1>
      {choices.length > 0 && (
        <div
          role="group"
          aria-label={say('dashboard.variables')}
          className="flex min-w-0 flex-wrap gap-2"
        >
          {choices.map((choice) => (
            <VariablePicker
              key={choice.variable.name}
              choice={choice}
              widgets={widgets}
              onChoose={(values) => onChoose(choice, values)}
            />
          ))}
        </div>
      )}
      <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2">
        {marks}
        <RangeControl
          range={times.range}
          liveText={say('dashboard.live')}
          hint={say('range.hint')}
          onChoose={times.choose}
          onZoomOut={times.zoomOut}
        />
        <button
          type="button"
          className="control px-2 max-sm:hidden"
          aria-label={kioskLabel}
          title={kioskLabel}
          aria-pressed={isKiosk}
          onClick={onKiosk}
        >
          {isKiosk ? <UnfillIcon /> : <ScreenIcon />}
        </button>
      </div>
    </div>
  )
}
