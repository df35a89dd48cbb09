import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm } from 'node:fs/promises'
import { delimiter, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { logFile, type Suite, type SuiteOutcome } from './suite.ts'
import type { TestResult } from './test-result.ts'

const killAfterMs = 5000

/**
 * Runs a suite's command in a process group of its own, its output going to the suite's log. Never rejects: what
 * went wrong is among the results. When it resolves, nothing of the group runs any more.
 * @param stop Ends the suite early.
 */
export async function runSuite(suite: Suite, stop: AbortSignal): Promise<SuiteOutcome> {
  const startedAt = performance.now()
  await rm(suite.resultsFile, { force: true })
  const fault = await runCommand(suite, stop)
  const results = await collectResults(suite, fault)
  return { name: suite.name, results, durationMs: performance.now() - startedAt }
}

/** What was wrong with the command's end; nothing if it exited with 0. */
async function runCommand(suite: Suite, stop: AbortSignal): Promise<string | undefined> {
  await using log = await open(logFile(suite.name), 'w')
  const child = startCommand(suite, log.fd)
  const exit = once(child, 'exit').then(
    () => describeExit(child),
    (cause: unknown) => `could not start: ${String(cause)}`,
  )
  const limit = AbortSignal.any([stop, AbortSignal.timeout(suite.limitMs)])
  const early = await Promise.race([exit.then(() => false), whenAborted(limit)])
  if (early) {
    killGroup(child, 'SIGTERM')
    await Promise.race([exit, sleep(killAfterMs, undefined, { ref: false })])
  }
  killGroup(child, 'SIGKILL')
  if (!early) return exit
  return stop.aborted ? 'was stopped' : `was killed after ${suite.limitMs / 1000} s, its time limit`
}

function startCommand(suite: Suite, output: number): ChildProcess {
  const [program = '', ...args] = suite.command
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter)
  return spawn(program, args, {
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH: path, ...suite.environment },
  })
}

async function whenAborted(signal: AbortSignal): Promise<boolean> {
  if (!signal.aborted) await once(signal, 'abort')
  return true
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nothing of the group is left.
  }
}

function describeExit({ exitCode, signalCode }: ChildProcess): string | undefined {
  if (exitCode === 0) return undefined
  return exitCode === null ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`
}

/** A command that fails without a failed test, or that ran none, adds a failed test of its own. */
async function collectResults(
  suite: Suite,
  commandFault: string | undefined,
): Promise<TestResult[]> {
  const { results, fault } = await readResultsFile(suite)
  const isExplained = results.some(({ passed }) => !passed)
  const unexplained = commandFault ?? fault ?? (results.length === 0 ? 'ran no test' : undefined)
  if (unexplained === undefined || isExplained) return results
  return [
    ...results,
    {
      name: `suite ${suite.name}`,
      passed: false,
      fault: `${unexplained}\n${await readLogEnd(suite)}`,
    },
  ]
}

async function readResultsFile(suite: Suite): Promise<{ results: TestResult[]; fault?: string }> {
  try {
    return { results: suite.readResults(await readFile(suite.resultsFile, 'utf8')) }
  } catch (cause) {
    return { results: [], fault: `left no results: ${String(cause)}` }
  }
}

async function readLogEnd(suite: Suite): Promise<string> {
  return (await readFile(logFile(suite.name), 'utf8')).split('\n').slice(-30).join('\n')
}
