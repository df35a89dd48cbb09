import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'

/** A pointer that only passes by asks for nothing. */
const delayMs = 250
const gapPx = 6
const edgePx = 8

/**
 * A piece of the page that explains itself to who points at it or reaches it by keyboard; Escape takes the explanation away.
 * @see WAI-ARIA Authoring Practices, "Tooltip Pattern"
 */
export function Explain(props: {
  readonly text: string
  readonly children: ReactNode
}): ReactElement {
  const { text, children } = props
  const [isShown, setShown] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const id = useId()
  useEffect(() => () => clearTimeout(timer.current), [])
  const hide = (): void => {
    clearTimeout(timer.current)
    setShown(false)
  }
  const showLater = (): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(true), delayMs)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="explain text-left"
        aria-describedby={isShown ? id : undefined}
        onPointerEnter={showLater}
        onPointerLeave={hide}
        onFocus={() => setShown(true)}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {children}
      </button>
      {isShown && <Tip id={id} text={text} of={button} />}
    </>
  )
}

/** Below what it explains, above it where there is no room, always inside the window; over all else of the page. */
function Tip(props: {
  readonly id: string
  readonly text: string
  readonly of: { readonly current: HTMLElement | null }
}): ReactElement {
  const { id, text, of } = props
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [element, target] = [tip.current, of.current]
    if (element === null || target === null) return
    // Browsers without popovers show it in place.
    element.showPopover?.()
    const box = target.getBoundingClientRect()
    const { width, height } = element.getBoundingClientRect()
    const left = Math.min(box.left + box.width / 2 - width / 2, innerWidth - width - edgePx)
    const below = box.bottom + gapPx
    const top = below + height > innerHeight - edgePx ? box.top - gapPx - height : below
    element.style.left = `${Math.max(edgePx, left)}px`
    element.style.top = `${top}px`
  }, [of, text])
  return (
    <div ref={tip} id={id} role="tooltip" popover="manual" className="tooltip fixed m-0">
      {text}
    </div>
  )
}
