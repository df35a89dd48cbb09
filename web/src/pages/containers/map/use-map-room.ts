import { useLayoutEffect, useState, type RefObject } from 'react'

import { useMedia } from '../../../elements/use-media.ts'
import type { Room } from './place-grid.ts'

/** Even on the smallest screen a map is so high before it is scrolled. */
const leastHeight = 260
/** Below the map the list of what has ended begins. */
const belowPx = 64

/** How much room there is for the map in the page; undefined before it was measured. */
export function useMapRoom(
  element: RefObject<HTMLElement | null>,
  offset: number,
): Room | undefined {
  const isTouched = useMedia('(pointer: coarse)')
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>()
  useLayoutEffect(() => {
    const main = element.current?.closest('main')
    if (!main || !element.current) return undefined
    const of = element.current
    function measure(): void {
      if (!main) return
      const height = Math.max(leastHeight, main.clientHeight - offset - belowPx)
      const width = of.clientWidth
      setSize((now) => (now?.width === width && now.height === height ? now : { width, height }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(main)
    observer.observe(of)
    measure()
    return () => observer.disconnect()
  }, [element, offset])
  return size && { ...size, isTouched }
}
