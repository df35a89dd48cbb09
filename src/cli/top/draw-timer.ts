/** Draws soon, once for all that asks meanwhile. */
export interface DrawTimer {
  /** Draws within so many milliseconds; what asks later brings the picture nearer, never farther away. */
  readonly within: (ms: number) => void
  readonly close: () => void
}

/** A timer that calls `draw`. */
export function createDrawTimer(draw: () => void): DrawTimer {
  let timer: NodeJS.Timeout | undefined
  let pendingMs = Infinity
  return {
    within(ms) {
      if (ms >= pendingMs) return
      clearTimeout(timer)
      pendingMs = ms
      timer = setTimeout(() => {
        pendingMs = Infinity
        draw()
      }, ms)
    },
    close: () => clearTimeout(timer),
  }
}
