import { LinearPattern } from '../../component/linear-pattern/linear-pattern.ts'

/** Why a regular expression for log lines cannot be used; `undefined` for one that can. */
export function findPatternFault(pattern: string): string | undefined {
  try {
    void new LinearPattern(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
