import { z } from 'zod'
import { skippedFault, type TestResult } from './test-result.ts'

/** The part that we read of what `vitest --reporter=json` writes; it keeps the shape of Jest's report. */
const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/**
 * Results of a vitest run. A file without a test, for instance because it could not be loaded, counts as one that failed.
 * @throws {SyntaxError | z.ZodError} If the text is no report of vitest.
 */
export function readVitest(text: string): TestResult[] {
  const { testResults } = report.parse(JSON.parse(text))
  return testResults.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0)
      return [{ name, passed: false, fault: message || 'ran no test' }]
    return assertionResults.map(({ fullName, status, failureMessages }) => {
      const passed = status === 'passed'
      return {
        name: fullName,
        passed,
        fault: passed ? '' : failureMessages?.join('\n') || skippedFault(status),
      }
    })
  })
}
