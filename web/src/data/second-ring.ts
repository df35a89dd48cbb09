/** How many seconds a spark line shows. */
export const sparkSeconds = 60

/** The last minute of one figure, one place for each second; a second without a reading holds NaN. */
export interface SecondRing {
  readonly values: Float64Array
  /** Unix second of the newest place; 0 before the first. */
  newestS: number
}

/** A ring filled from values that end at `newestS`, oldest first, null where nothing was read. */
export function createSecondRing(newestS: number, values: readonly (number | null)[]): SecondRing {
  const ring = { values: new Float64Array(sparkSeconds).fill(Number.NaN), newestS }
  const tail = values.slice(-sparkSeconds)
  tail.forEach((value, index) => {
    ring.values[place(newestS - tail.length + 1 + index)] = value ?? Number.NaN
  })
  return ring
}

/** Puts the value of a second into the ring; the seconds that were skipped become gaps. A second that is past is left alone. */
export function writeSecond(ring: SecondRing, second: number, value: number | null): void {
  if (second < ring.newestS) return
  const firstSkipped = Math.max(ring.newestS + 1, second - sparkSeconds + 1)
  for (let skipped = firstSkipped; skipped < second; skipped += 1) {
    ring.values[place(skipped)] = Number.NaN
  }
  ring.values[place(second)] = value ?? Number.NaN
  ring.newestS = second
}

/** The value of a second; NaN when it was not read or lies outside the minute. */
export function readSecond(ring: SecondRing, second: number): number {
  if (second > ring.newestS || second <= ring.newestS - sparkSeconds) return Number.NaN
  return ring.values[place(second)] ?? Number.NaN
}

function place(second: number): number {
  return ((second % sparkSeconds) + sparkSeconds) % sparkSeconds
}
