import type { ReactElement } from 'react'

import type { Tone } from './container-state.ts'

/** The state that a used share of a limit stands for. */
export function meterTone(usedRatio: number): Tone {
  if (usedRatio >= 0.95) return 'critical'
  return usedRatio >= 0.8 ? 'warning' : 'ok'
}

/** A bar of how much of a limit is used; the figure itself stands beside it as text. */
export function Meter({ usedRatio }: { readonly usedRatio: number }): ReactElement {
  return (
    <div className="meter" data-tone={meterTone(usedRatio)} aria-hidden="true">
      <span style={{ transform: `scaleX(${Math.min(1, usedRatio)})` }} />
    </div>
  )
}
