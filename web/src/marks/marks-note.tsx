import type { ReactElement } from 'react'

import { say } from '../messages/charts.ts'
import { mostMarks, type Marks } from './use-marks.ts'

/** Why charts bear fewer marks than one would think; nothing where they bear all. */
export function MarksNote(props: {
  readonly marks: Marks
  /** Whether it says that there are none. */
  readonly hasNone?: boolean
}): ReactElement | null {
  const text = noteText(props.marks, props.hasNone === true)
  if (text === '') return null
  return (
    <span role="status" className="text-faint">
      {text}
    </span>
  )
}

function noteText({ events, isCut, error, isLoading }: Marks, hasNone: boolean): string {
  if (error !== null) return say('marks.failed', { message: error.message })
  if (isCut) return say('marks.cut', { count: mostMarks })
  return hasNone && !isLoading && events.length === 0 ? say('marks.none') : ''
}
