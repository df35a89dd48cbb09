import type { ReactElement } from 'react'

import type { Tone } from './container-state.ts'

/** A state as a coloured mark and a word. `about` says it in full to who points at it or listens. */
export function Badge(props: {
  readonly tone: Tone
  readonly text: string
  readonly about?: string
}): ReactElement {
  const { tone, text, about = text } = props
  return (
    <span className="badge" data-tone={tone} title={about === text ? undefined : about}>
      {text}
    </span>
  )
}
