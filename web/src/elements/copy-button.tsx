import { useState, type ReactElement } from 'react'

import { say } from '../messages/message.ts'
import { CopyIcon } from './icon.tsx'

/** Copies a text; says for two seconds that it has. */
export function CopyButton({ text }: { readonly text: string }): ReactElement | null {
  const [isCopied, setCopied] = useState(false)
  // A page that is not served from localhost or over https has no clipboard.
  if (!('clipboard' in navigator)) return null
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  const label = say(isCopied ? 'container.copied' : 'container.copy')
  return (
    <button
      type="button"
      className="inline-flex items-center gap-1 rounded px-1 text-faint hover:text-ink"
      title={label}
      aria-label={label}
      onClick={() => void copy()}
    >
      <CopyIcon />
      {isCopied && <span className="text-2xs">{label}</span>}
    </button>
  )
}
