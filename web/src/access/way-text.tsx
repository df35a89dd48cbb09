import { useState, type ReactElement } from 'react'

import type { AddHostCommand } from '../../../src/api/contract/access.ts'
import { Command } from '../elements/command.tsx'
import { CopyButton } from '../elements/copy-button.tsx'
import { say } from '../messages/add-host.ts'
import { hideKey } from './hide-key.ts'

/** One way to add a host: its command, or a file to save and the command that uses it. What is copied has the key in it. */
export function WayText(props: {
  readonly way: AddHostCommand
  /** The last signs of the key in it; absent where it has none. */
  readonly keyEnd?: string | undefined
}): ReactElement {
  const { way, keyEnd } = props
  const { name, text, file, command } = way
  const [isKeyShown, setKeyShown] = useState(false)
  const shown = keyEnd === undefined || isKeyShown ? text : hideKey(text, keyEnd)
  const label = say('ways.copy', { name: say(`ways.${name}`) })
  return (
    <section aria-label={say(`ways.${name}`)} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="text-soft">{say(`ways.${name}About`)}</p>
      {file !== null && <p>{say('ways.save', { file })}</p>}
      <div className="flex items-start gap-1.5">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long texts are scrolled by keys */}
        <code
          className="command max-h-80 min-w-0 flex-1 overflow-auto"
          tabIndex={0}
          data-whole={file === null || undefined}
        >
          {shown}
        </code>
        <CopyButton text={text} about={label} />
      </div>
      {command !== null && (
        <>
          <p>{say('ways.then')}</p>
          <Command text={command} />
        </>
      )}
      {keyEnd !== undefined && (
        <button
          type="button"
          className="justify-self-start underline"
          aria-pressed={isKeyShown}
          onClick={() => setKeyShown(!isKeyShown)}
        >
          {say(isKeyShown ? 'ways.hideKey' : 'ways.showKey')}
        </button>
      )}
    </section>
  )
}
