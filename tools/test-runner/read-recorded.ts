import { z } from 'zod'
import type { TestResult } from './test-result.ts'

const result = z.strictObject({ name: z.string(), passed: z.boolean(), fault: z.string() })

/**
 * Results from a file of `encodeResult()` lines.
 * @throws {SyntaxError | z.ZodError} If a line is no result.
 */
export function readRecorded(text: string): TestResult[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => result.parse(JSON.parse(line)))
}
