import { useEffect, useEffectEvent, useState, type KeyboardEvent } from 'react'

/** What is wanted of a choice: itself, its logs, or rather the logs searched for what is typed. */
export type Way = 'open' | 'logs' | 'searchLogs'

/** Keys a page moves by. */
const pageLength = 7

/**
 * Which of `count` choices is pointed at, the first one for each text that is `listed`; and the keys that move and take it.
 * Whoever writes faster than the list follows, and presses Enter, means what is `typed`: it is taken once that is listed.
 */
export function usePaletteKeys(options: {
  readonly count: number
  readonly typed: string
  readonly listed: string
  readonly onTake: (index: number, way: Way) => void
}): {
  readonly at: number
  readonly point: (index: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
} {
  const { count, typed, listed, onTake } = options
  const [pointed, setPointed] = useState({ listed, at: 0 })
  if (pointed.listed !== listed) setPointed({ listed, at: 0 })
  const at = Math.min(pointed.at, Math.max(0, count - 1))
  const point = (index: number): void => setPointed({ listed, at: index })
  const [awaited, setAwaited] = useState<Way>()
  const takeAwaited = useEffectEvent((way: Way) => {
    setAwaited(undefined)
    onTake(at, way)
  })
  useEffect(() => {
    if (awaited !== undefined && listed === typed) takeAwaited(awaited)
  }, [awaited, listed, typed])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const next = nextPlace(event, at, count)
    if (next !== undefined) {
      event.preventDefault()
      point(next)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      setAwaited(wayOf(event))
    }
  }
  return { at, point, onKeyDown }
}

function wayOf({ shiftKey, altKey }: KeyboardEvent): Way {
  if (shiftKey) return 'searchLogs'
  return altKey ? 'logs' : 'open'
}

/** The ends lead round to each other; a page stops at them. */
function nextPlace({ key, ctrlKey }: KeyboardEvent, at: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown' || (ctrlKey && key === 'n')) return (at + 1) % count
  if (key === 'ArrowUp' || (ctrlKey && key === 'p')) return (at - 1 + count) % count
  if (key === 'PageDown') return Math.min(count - 1, at + pageLength)
  if (key === 'PageUp') return Math.max(0, at - pageLength)
  return undefined
}
