import { logFile, type SuiteOutcome } from './suite.ts'

const faultLines = 60

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** Counts over suites. */
export function countResults(outcomes: readonly SuiteOutcome[]): Counts {
  const all = outcomes.flatMap(({ results }) => results)
  const passed = all.filter((result) => result.passed).length
  return { passed, failed: all.length - passed }
}

/** One line about a suite that has ended: name, counts, time, log. */
export function describeOutcome(outcome: SuiteOutcome): string {
  const { passed, failed } = countResults([outcome])
  const counts = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} FAILED`
  const seconds = `${(outcome.durationMs / 1000).toFixed(1)} s`
  return `${outcome.name.padEnd(8)} ${counts.padEnd(26)} ${seconds.padStart(8)}  ${logFile(outcome.name)}`
}

/**
 * Every test that did not pass: first all of them in two lines each, since who looks may see the beginning only; then each with
 * its output, a long one cut in the middle.
 */
export function describeFailures(outcomes: readonly SuiteOutcome[]): string[] {
  const failures = outcomes.flatMap(({ name: suite, results }) =>
    results
      .filter(({ passed }) => !passed)
      .map(({ name, fault }) => ({
        title: `FAILED ${suite}: ${name}`,
        lines: fault.trimEnd().split('\n'),
      })),
  )
  return [
    ...failures.map(({ title, lines }) => `${title}\n${indent(lines.slice(0, 1))}`),
    ...failures.map(({ title, lines }) => `\n${title}\n${indent(cutMiddle(lines))}`),
  ]
}

/** The last line of `make test`, read by machines too. */
export function describeTotal({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}

function cutMiddle(lines: readonly string[]): readonly string[] {
  if (lines.length <= faultLines) return lines
  const half = faultLines / 2
  return [
    ...lines.slice(0, half),
    `… ${lines.length - faultLines} lines left out …`,
    ...lines.slice(-half),
  ]
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n')
}
