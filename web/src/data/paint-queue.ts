/** Work that writes into the page, done in slices so that no frame is late. */
export interface PaintQueue {
  /** Does the work in one of the next frames; work that already waits is not done twice. */
  readonly add: (paint: () => void) => void
  readonly remove: (paint: () => void) => void
}

/** What one frame may spend on writing; the browser needs about twice as much again to lay out and draw it. */
const sliceMs = 3

/** An empty queue. */
export function createPaintQueue(
  schedule: (callback: () => void) => void,
  elapsedMs: () => number,
): PaintQueue {
  const waiting = new Set<() => void>()

  function paintSlice(): void {
    const startedMs = elapsedMs()
    for (const paint of waiting) {
      waiting.delete(paint)
      paint()
      if (elapsedMs() - startedMs >= sliceMs) break
    }
    if (waiting.size > 0) schedule(paintSlice)
  }

  return {
    add(paint) {
      if (waiting.size === 0) schedule(paintSlice)
      waiting.add(paint)
    },
    remove: (paint) => waiting.delete(paint),
  }
}
