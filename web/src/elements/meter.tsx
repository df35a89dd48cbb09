import type { ReactElement } from 'react'

import type { Tone } from './container-state.ts'

/** The state that a used share of a limit stands for. */
export function meterTone(usedRatio: number): Tone {
  if (usedRatio >= 0.95) return 'critical'
  return usedRatio >= 0.8 ? 'warning' : 'ok'
}

/** A bar of how much of a limit is used; the figure itself stands beside it as text. */
export function Meter(props: {
  readonly usedRatio: number
  /** In place of what the share stands for, where a full one is as it should be. */
  readonly tone?: Tone
}): ReactElement {
  const { usedRatio, tone = meterTone(usedRatio) } = props
  return (
    <div className="meter" data-tone={tone} aria-hidden="true">
      <span style={{ transform: `scaleX(${Math.min(1, usedRatio)})` }} />
    </div>
  )
}
