import type { ReactElement } from 'react'

import { dashOf, seriesColour } from './palette.ts'

/** The colour that a line is drawn in, beside its name. */
export function ColourKey({ place }: { readonly place: number }): ReactElement {
  return (
    <span
      className="colour-key"
      data-dash={dashOf(place)}
      style={{ borderTopColor: seriesColour(place) }}
    />
  )
}
