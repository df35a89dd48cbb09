import { join } from 'node:path'
import type { TestResult } from './test-result.ts'

/** Folder for logs and results, from the repository's folder; git-ignored. */
export const resultsFolder = 'test-results'

/** A set of tests that one command runs. */
export interface Suite {
  /** Names its log and its results. */
  readonly name: string
  /** Program and arguments, run in the repository's folder with `node_modules/.bin` first on the `PATH`. */
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** File the command leaves its results in. */
  readonly resultsFile: string
  readonly readResults: (text: string) => TestResult[]
  /** After this time the command is killed and the suite has failed. */
  readonly limitMs: number
}

/** How a suite went. */
export interface SuiteOutcome {
  readonly name: string
  readonly results: readonly TestResult[]
  readonly durationMs: number
}

/** Path of a suite's log from the repository's folder. */
export function logFile(suiteName: string): string {
  return join(resultsFolder, `${suiteName}.log`)
}

/** The outcome of a suite that could not run at all: one failed test that says why. */
export function couldNotRun(suiteName: string, reason: string): SuiteOutcome {
  return {
    name: suiteName,
    results: [{ name: `suite ${suiteName}`, passed: false, fault: `could not run: ${reason}` }],
    durationMs: 0,
  }
}
