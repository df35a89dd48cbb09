import { PatternEffortError } from '../../../../component/linear-pattern/effort.ts'
import type { LinearPattern } from '../../../../component/linear-pattern/linear-pattern.ts'
import type { TextRange } from '../../../../component/linear-pattern/match-finder.ts'

/** Whether a line matches; `undefined` when it would take too long to know. */
export function testLine(
  pattern: LinearPattern,
  { bytes, start, end }: TextRange,
): boolean | undefined {
  try {
    return pattern.test(bytes, start, end)
  } catch (error) {
    if (error instanceof PatternEffortError) return undefined
    throw error
  }
}
