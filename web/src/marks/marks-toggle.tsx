import type { ReactElement } from 'react'

import { EventsIcon } from '../elements/icon.tsx'
import { say } from '../messages/charts.ts'
import { MarksNote } from './marks-note.tsx'
import type { Marks } from './use-marks.ts'
import type { MarksSwitch } from './use-marks-switch.ts'

/** The switch of a toolbar that puts events on all charts of a page, and what is to be known of them. */
export function MarksToggle(props: {
  readonly marks: Marks
  readonly switch: MarksSwitch
}): ReactElement {
  const { marks } = props
  const { isOn, toggle } = props.switch
  return (
    <>
      <button
        type="button"
        className="control aria-pressed:bg-raised aria-pressed:text-ink"
        aria-pressed={isOn}
        title={say('marks.show')}
        onClick={toggle}
      >
        <EventsIcon />
        {say('marks.switch')}
      </button>
      {isOn && <MarksNote marks={marks} hasNone />}
    </>
  )
}
