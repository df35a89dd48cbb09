import { useState, type ReactElement } from 'react'

import { say } from '../messages/message.ts'
import { CopyIcon } from './icon.tsx'

/** Copies a text; says for two seconds that it has. With a label it says beforehand what it copies. */
export function CopyButton(props: {
  readonly text: string
  readonly label?: string
  /** What it copies, where only a picture says that it does. */
  readonly about?: string
}): ReactElement | null {
  const { text } = props
  const [isCopied, setCopied] = useState(false)
  // A page that is not served from localhost or over https has no clipboard.
  if (!('clipboard' in navigator)) return null
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  const label = isCopied
    ? say('container.copied')
    : (props.label ?? props.about ?? say('container.copy'))
  return (
    <button
      type="button"
      className={
        props.label === undefined
          ? 'inline-flex items-center gap-1 rounded px-1 text-faint hover:text-ink'
          : 'control'
      }
      title={label}
      aria-label={label}
      onClick={() => void copy()}
    >
      <CopyIcon />
      {props.label === undefined ? (
        isCopied && <span className="text-2xs">{label}</span>
      ) : (
        <span>{label}</span>
      )}
    </button>
  )
}
