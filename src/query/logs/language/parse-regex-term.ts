import { parseRegex } from '../regex/parse-regex.ts'
import { RegexSyntaxError } from '../regex/regex-node.ts'
import type { LogRegex } from './log-filter.ts'
import type { LogScanner } from './log-scanner.ts'

/**
 * Takes `/…/` or `/…/i`; undefined when none comes next.
 * @throws {LogQueryError} When it is no regular expression as RE2 knows them.
 */
export function parseRegexTerm(scanner: LogScanner): LogRegex | undefined {
  const start = scanner.position + 1
  const regex = scanner.takeRegex()
  if (regex === undefined) return undefined
  try {
    parseRegex(regex)
    return regex
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error
    throw scanner.faultAt(start + error.at, error.message)
  }
}
