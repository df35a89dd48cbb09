import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, type MouseEvent, type ReactElement, type ReactNode } from 'react'

/**
 * A link to another page of ours: an ordinary link, but followed without loading the page anew. The one to where the reader
 * is comes into sight in a row that is too long for the screen.
 */
export function InnerLink(props: {
  readonly href: string
  readonly className?: string
  readonly isCurrent?: boolean
  readonly children: ReactNode
}): ReactElement {
  const { href, className, isCurrent = false, children } = props
  const router = useRouter()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [isCurrent])
  function follow(event: MouseEvent): void {
    if (isForBrowser(event)) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    <a
      ref={link}
      href={href}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  )
}

/** Whether a click means a new tab or a window, which is the browser's business. */
export function isForBrowser(event: MouseEvent): boolean {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
}
