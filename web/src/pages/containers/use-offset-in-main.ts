import { useLayoutEffect, useState, type RefObject } from 'react'

/** How far below the top of the scrolled page something begins, in pixels; follows what grows above it. */
export function useOffsetInMain(body: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const main = body.current?.closest('main')
    if (!main || !body.current) return undefined
    function measure(): void {
      if (!main || !body.current) return
      const top = body.current.getBoundingClientRect().top - main.getBoundingClientRect().top
      setOffset(Math.round(top + main.scrollTop))
    }
    const observer = new ResizeObserver(measure)
    for (const child of main.querySelectorAll('[data-above-table]')) observer.observe(child)
    observer.observe(main)
    measure()
    return () => observer.disconnect()
  }, [body])
  return offset
}
