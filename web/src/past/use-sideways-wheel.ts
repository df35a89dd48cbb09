import { useEffect, useRef, type RefObject } from 'react'

/**
 * Turns a wheel that goes sideways over an element, or any with Shift, into a share of its width, to the right as more than
 * zero. One that goes up or down scrolls the page as ever.
 */
export function useSidewaysWheel(
  element: RefObject<HTMLElement | null>,
  onTurn: (share: number) => void,
): void {
  const current = useRef(onTurn)
  useEffect(() => {
    current.current = onTurn
  })
  useEffect(() => {
    const track = element.current
    function turn(event: WheelEvent): void {
      const { deltaX, deltaY, shiftKey } = event
      const byPx = shiftKey ? deltaX || deltaY : deltaX
      if (track === null || byPx === 0 || (!shiftKey && Math.abs(deltaY) >= Math.abs(deltaX)))
        return
      // Else it would lead to the page before.
      event.preventDefault()
      current.current(byPx / track.clientWidth)
    }
    // React's own listeners cannot keep the browser from what it would do.
    track?.addEventListener('wheel', turn, { passive: false })
    return () => track?.removeEventListener('wheel', turn)
  }, [element])
}
