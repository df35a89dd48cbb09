/** The readings of one container since its page was opened, oldest first. */
export interface Trail {
  /** Unix seconds, rising. */
  readonly seconds: readonly number[]
  /** Beside each second, the row of its tick: the key, then the numbers in the order of `figureNames`. */
  readonly rows: readonly (readonly (number | null)[])[]
  append(second: number, row: readonly (number | null)[]): void
}

/** An empty trail that keeps the newest `maxSeconds` readings. */
export function createTrail(maxSeconds: number): Trail {
  const seconds: number[] = []
  const rows: (readonly (number | null)[])[] = []
  return {
    seconds,
    rows,
    append(second, row) {
      if (second <= (seconds.at(-1) ?? 0)) return
      seconds.push(second)
      rows.push(row)
      if (seconds.length > maxSeconds) {
        seconds.shift()
        rows.shift()
      }
    },
  }
}
