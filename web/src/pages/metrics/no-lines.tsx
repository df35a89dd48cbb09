import type { ReactElement } from 'react'

import { say } from '../../messages/metrics.ts'
import type { TimeRange } from '../../ranges/time-range.ts'

/** What stands where lines would be: nothing was stored for the query in this time. */
export function NoLines({ range }: { readonly range: TimeRange }): ReactElement {
  return (
    <div className="grid max-w-2xl gap-2 py-3" role="status">
      <h2 className="text-base font-semibold">{say('metrics.noLines')}</h2>
      <p>{say('metrics.noLinesText')}</p>
      {range.kind === 'zoomed' && <p className="text-soft">{say('metrics.noLinesZoomed')}</p>}
    </div>
  )
}
