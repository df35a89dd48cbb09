import { useLayoutEffect, useState, type RefObject } from 'react'

/** How much of a message goes on one line of a list. */
export interface LineMetrics {
  /** Characters. */
  readonly columns: number
  /** What a line is high besides those of its message: its padding, and on a phone the line above. */
  readonly extraPx: number
}

/** Characters in the message of the probe. */
export const probeLength = 100
/** As `logs.css` has it. */
export const textLinePx = 18

/** Measures a row that is laid out like all others and not seen; anew when the list becomes wider or narrower. */
export function useLineMetrics(probe: RefObject<HTMLElement | null>): LineMetrics {
  const [metrics, setMetrics] = useState<LineMetrics>({ columns: 120, extraPx: 4 })
  useLayoutEffect(() => {
    const line = probe.current
    const message = line?.querySelector<HTMLElement>('.log-message')
    const text = message?.firstElementChild
    if (!line || !message || !(text instanceof HTMLElement)) return undefined
    function measure(): void {
      if (!line || !message || !(text instanceof HTMLElement)) return
      const characterPx = text.getBoundingClientRect().width / probeLength
      if (characterPx === 0) return
      const columns = Math.max(10, Math.floor(message.clientWidth / characterPx + 0.01))
      const extraPx = line.offsetHeight - textLinePx
      setMetrics((before) =>
        before.columns === columns && before.extraPx === extraPx ? before : { columns, extraPx },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(message)
    measure()
    return () => observer.disconnect()
  }, [probe])
  return metrics
}
