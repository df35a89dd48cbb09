import type { ReactElement } from 'react'

import { Command } from '../../elements/command.tsx'
import { say } from '../../messages/access.ts'

/** A key or a token, the one time that it can be seen. */
export function Secret(props: { readonly what: string; readonly text: string }): ReactElement {
  const { what, text } = props
  return (
    <>
      <p role="status">{say('access.once')}</p>
      <Command text={text} label={say('access.copyOf', { what })} isWhole />
    </>
  )
}
