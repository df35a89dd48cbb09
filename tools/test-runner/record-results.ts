import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'
import { encodeResult, skippedFault, type TestResult } from './test-result.ts'

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>

/**
 * A reporter for `node --test --test-reporter`: a line per test as `encodeResult()` writes it, groups left out.
 * @see Node.js documentation, "Test runner", "Custom reporters"
 */
export default async function* recordResults(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  const path: string[] = []
  const errorOutputs = new Map<string, string>()
  for await (const event of events) {
    if (event.type === 'test:stderr') {
      const { file, message } = event.data
      errorOutputs.set(file, (errorOutputs.get(file) ?? '') + message)
    }
    if (event.type === 'test:start') path.splice(event.data.nesting, path.length, event.data.name)
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const fault = readFault(event, errorOutputs)
    if (fault === 'uncounted') continue
    const name = [...path.slice(0, event.data.nesting), event.data.name].join(' > ')
    const result: TestResult = { name, passed: fault === undefined, fault: fault ?? '' }
    yield encodeResult(result)
  }
}

/** Why the test did not pass, if it did not; `uncounted` for what only repeats the outcome of what it holds. */
function readFault(event: Ended, errorOutputs: ReadonlyMap<string, string>): string | undefined {
  const { skip, todo } = event.data
  if (skip !== undefined || todo !== undefined)
    return skippedFault(String(skip ?? todo).replace('true', ''))
  if (event.type === 'test:pass') {
    if (event.data.details.type === 'suite') return 'uncounted'
    return isWholeFile(event) ? 'ran no test' : undefined
  }
  const failure = readFailure(event.data.details.error)
  return isWholeFile(event) ? `${failure}\n${errorOutputs.get(event.data.name) ?? ''}` : failure
}

function readFailure(error: Error): string {
  // Node gives the errors of its events these two fields.
  const { failureType, cause } = error as Error & { failureType?: string }
  if (failureType === 'subtestsFailed') return 'uncounted'
  return cause instanceof Error ? inspect(cause) : error.message
}

/** Node reports a file as a test of its own only when it held none, or ended in a fault outside of them. */
function isWholeFile({ data }: Ended): boolean {
  return data.nesting === 0 && data.file !== undefined && data.file.endsWith(data.name)
}
