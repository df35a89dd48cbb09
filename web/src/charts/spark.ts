import { readSecond, sparkSeconds, type SecondRing } from '../data/second-ring.ts'

/** Size of a spark line in CSS pixels: one for each second. */
export const sparkSize = { width: sparkSeconds, height: 20 } as const

/** Room above the highest value, so that the line is not cut. */
const topPx = 1.5
const bottomPx = 1

/** The outline of a spark line and of the area below it, as SVG paths. */
export interface SparkPaths {
  readonly line: string
  readonly area: string
}

/** How a minute is to be drawn. */
export interface SparkScale {
  /** The last second of the minute. */
  readonly endS: number
  /** The height stands for at least this much, so that idle noise does not look like load. */
  readonly ceiling: number
}

/** The minute that ends at `endS`, from zero to its own highest value. Seconds without a reading stay empty. */
export function sparkPaths(ring: SecondRing, { endS, ceiling }: SparkScale): SparkPaths {
  const firstS = endS - sparkSeconds + 1
  const highest = highestOf(ring, firstS, ceiling)
  const { height } = sparkSize
  let line = ''
  let area = ''
  for (let x = 0; x < sparkSeconds; x += 1) {
    if (Number.isNaN(readSecond(ring, firstS + x))) continue
    const startX = x
    let points = ''
    for (; x < sparkSeconds; x += 1) {
      const value = readSecond(ring, firstS + x)
      if (Number.isNaN(value)) break
      const y = height - bottomPx - (value / highest) * (height - bottomPx - topPx)
      points += `${points === '' ? '' : 'L'}${x} ${y.toFixed(1)}`
    }
    // The last reading is held for its second, so that a single one can be seen too.
    line += `M${points}h1`
    area += `M${startX} ${height}L${points}h1V${height}Z`
  }
  return { line, area }
}

function highestOf(ring: SecondRing, firstS: number, ceiling: number): number {
  let highest = ceiling
  for (let second = firstS; second < firstS + sparkSeconds; second += 1) {
    const value = readSecond(ring, second)
    if (value > highest) highest = value
  }
  return highest
}
