// Behind `make test`: prepares the machine, runs every suite, prints what failed, and as the very last line
// "N passed, N failed" over all suites. A suite that could not run counts as failed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '../test/engine/engine.ts'
import { openSharedEngine } from '../test/engine/shared-engine.ts'
import { prepareTests } from './prepare-tests.ts'
import {
  countResults,
  describeFailures,
  describeOutcome,
  describeTotal,
} from './test-runner/print-results.ts'
import { runSuite } from './test-runner/run-suite.ts'
import { couldNotRun, resultsFolder, type Suite, type SuiteOutcome } from './test-runner/suite.ts'
import {
  browserSuite,
  budgetSuite,
  buildSuite,
  faultSuite,
  flowSuite,
  heapSuite,
  machineSuite,
  staticSuite,
  unitSuite,
  webSuite,
  wireSuite,
} from './test-runner/suites.ts'

const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
process.on('SIGTERM', () => stop.abort())
const outcomes: SuiteOutcome[] = []

mkdirSync(resultsFolder, { recursive: true })
const unprepared = prepareTests()
const build = await run(buildSuite)
const unbuilt = countResults([build]).failed > 0 ? 'the build failed' : undefined
// Beside other work an emulated machine takes twice as long, and measures what it should not.
await run(machineSuite, unprepared ?? unbuilt)
await Promise.all([runWithoutProgram(), run(wireSuite, unprepared ?? unbuilt)])
// One after the other, flows and journeys leave cores idle; side by side they do not. Each has an engine of its own.
await Promise.all([runOnEngine(flowSuite), runOnEngine(browserSuite), runWithoutEngine()])
// What measures on this machine has it to itself.
await run(budgetSuite, unprepared ?? unbuilt)

print(describeFailures(outcomes).join('\n'))
const counts = countResults(outcomes)
process.exitCode = counts.failed === 0 ? 0 : 1
writeFileSync(join(resultsFolder, 'total'), `${describeTotal(counts)}\n`)
print(`\n${describeTotal(counts)}`)

async function runWithoutProgram(): Promise<void> {
  await run(staticSuite())
  await run(unitSuite)
  await run(webSuite)
}

async function runWithoutEngine(): Promise<void> {
  await run(faultSuite, unprepared ?? unbuilt)
  await run(heapSuite, unprepared ?? unbuilt)
}

async function runOnEngine(suiteFor: (dockerHost: string) => Suite): Promise<void> {
  const engine = await openEngine()
  if (typeof engine === 'string') {
    await run(suiteFor(''), engine)
    return
  }
  await using sharedEngine = engine
  await run(suiteFor(sharedEngine.dockerHost), unbuilt)
}

/** An engine for a suite, or why there is none. */
async function openEngine(): Promise<Engine | string> {
  if (unprepared !== undefined) return unprepared
  return openSharedEngine().catch((cause: unknown) => String(cause))
}

async function run(suite: Suite, obstacle?: string): Promise<SuiteOutcome> {
  const outcome =
    obstacle === undefined ? await runSuite(suite, stop.signal) : couldNotRun(suite.name, obstacle)
  outcomes.push(outcome)
  print(describeOutcome(outcome))
  return outcome
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
