import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { skippedFault, type TestResult } from './test-result.ts'

const fault = z.object({ message: z.string().optional(), stack: z.string().optional() })

const test = z.object({
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
  results: z.array(z.object({ errors: z.array(fault) })),
})

const suite = z.object({
  title: z.string(),
  specs: z.array(z.object({ title: z.string(), tests: z.array(test) })),
  get suites() {
    return z.array(suite).optional()
  },
})

/** The part that we read of what Playwright's JSON reporter writes. Its errors are those outside of the tests. */
const report = z.object({ suites: z.array(suite), errors: z.array(fault) })

/**
 * Results of a Playwright run. A fault outside of the tests counts as a test that failed.
 * @throws {SyntaxError | z.ZodError} If the text is no report of Playwright.
 */
export function readPlaywright(text: string): TestResult[] {
  const { suites, errors } = report.parse(JSON.parse(text))
  const outside = errors.map((error) => ({
    name: 'playwright',
    passed: false,
    fault: describeFault(error),
  }))
  return [...outside, ...suites.flatMap((each) => readSuite(each, []))]
}

function readSuite(
  { title, specs, suites = [] }: z.infer<typeof suite>,
  outer: readonly string[],
): TestResult[] {
  const path = [...outer, title]
  const own = specs.flatMap((spec) =>
    spec.tests.map((each) => readTest(each, [...path, spec.title].join(' > '))),
  )
  return [...own, ...suites.flatMap((inner) => readSuite(inner, path))]
}

function readTest({ status, results }: z.infer<typeof test>, name: string): TestResult {
  if (status === 'expected') return { name, passed: true, fault: '' }
  if (status === 'skipped') return { name, passed: false, fault: skippedFault('') }
  const faults = results.flatMap(({ errors }) => errors).map(describeFault)
  return { name, passed: false, fault: faults.join('\n') || status }
}

function describeFault({ stack, message }: z.infer<typeof fault>): string {
  return stripVTControlCharacters(stack ?? message ?? 'a fault without a message')
}
