/** How one test went, whoever ran it. A suite's results are a file of these, one JSON object a line. */
export interface TestResult {
  /** Names from the outermost group to the test. */
  readonly name: string
  readonly passed: boolean
  /** Why it did not pass: message, stack, difference. Empty for one that passed. */
  readonly fault: string
}

/** The line that stands for a result in a results file. */
export function encodeResult(result: TestResult): string {
  return `${JSON.stringify(result)}\n`
}

/** The fault of a skipped test. It proves nothing, so it counts as failed: what a test needs must be there. */
export function skippedFault(reason: string): string {
  return `skipped${reason && `: ${reason}`}; a skipped test counts as failed`
}
