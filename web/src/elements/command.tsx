import type { ReactElement } from 'react'

import { CopyButton } from './copy-button.tsx'

/** A command to run in a terminal, or another text to be taken elsewhere, ready to be copied. */
export function Command(props: {
  readonly text: string
  /** What the button says to who only hears it. */
  readonly label?: string
  /** Whether all of it is seen at once, however long it is. */
  readonly isWhole?: boolean
}): ReactElement {
  const { text, label, isWhole } = props
  return (
    <div className="flex items-center gap-1.5">
      <code className="command min-w-0 flex-1" data-whole={isWhole || undefined}>
        {text}
      </code>
      <CopyButton text={text} {...(label !== undefined && { about: label })} />
    </div>
  )
}
