import type { ReactElement } from 'react'

import { CopyButton } from './copy-button.tsx'

/** A command to run in a terminal, ready to be copied. */
export function Command({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="flex items-center gap-1.5">
      <code className="command min-w-0 flex-1">{text}</code>
      <CopyButton text={text} />
    </div>
  )
}
