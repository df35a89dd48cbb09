import { useEffect, useState, type RefObject } from 'react'

/** A widget asks a little before it is scrolled into sight. */
const margin = '240px'

/** Whether an element is in sight, or nearly; renders again when that changes. */
export function useInView(element: RefObject<Element | null>): boolean {
  const [isInView, setInView] = useState(false)
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: margin },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return isInView
}
