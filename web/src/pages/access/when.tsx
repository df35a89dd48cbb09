import type { ReactElement } from 'react'

import { say } from '../../messages/access.ts'
import { dateTimeText } from '../../units/clock.ts'
import { roughDurationText } from '../../units/duration.ts'

/** How long ago something was, and to who points at it when; a word where it never was. */
export function When({ timeMs }: { readonly timeMs: number | null }): ReactElement {
  if (timeMs === null) return <span className="text-faint">{say('access.never')}</span>
  return (
    <time dateTime={new Date(timeMs).toISOString()} title={dateTimeText(timeMs)}>
      {say('unit.ago', { age: roughDurationText(Date.now() - timeMs) })}
    </time>
  )
}
