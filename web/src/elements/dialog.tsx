import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react'

import { say } from '../messages/message.ts'
import { CrossIcon } from './icon.tsx'

/**
 * Something that has to be seen to before the page goes on. The browser's own dialog traps the focus and closes at Esc, and,
 * unlike a scripted one, adds no style element, which a strict content policy would refuse.
 */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  /** A key that closes it besides `Esc`. */
  readonly closingKey?: string
  /** Whether a click beside it leaves it open, since what it holds is shown only once. */
  readonly isKept?: boolean
  readonly children: (close: () => void) => ReactNode
}): ReactElement {
  const { title, onClose, closingKey, isKept = false, children } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="m-auto max-h-[85dvh] w-[min(42rem,calc(100vw-2rem))] rounded-lg border border-edge bg-panel p-5 text-ink shadow-2xl backdrop:bg-black/40"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && !isKept && dialog.current.close()}
      onKeyDown={(event) => event.key === closingKey && dialog.current?.close()}
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id={titleId} className="min-w-0 text-base font-semibold">
          {title}
        </h2>
        <button
          type="button"
          className="rounded p-1 text-soft hover:text-ink"
          aria-label={say('help.close')}
          onClick={() => dialog.current?.close()}
        >
          <CrossIcon />
        </button>
      </div>
      {children(() => dialog.current?.close())}
    </dialog>
  )
}
