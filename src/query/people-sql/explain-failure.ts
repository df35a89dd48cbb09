import { ClickHouseError } from '@clickhouse/client'
import { peopleLimits } from '../../store/embedded/people-limits.ts'
import { StoreBusyError } from '../../store/store.ts'
import { QuestionError, type QuestionErrorKind } from '../question-error.ts'

const askLess = 'ask for less: name a metric and a shorter time, or aggregate'

/** What the engine calls its limits, in words. */
export const limits: Record<string, string> = {
  TIMEOUT_EXCEEDED: `it ran longer than ${peopleLimits.timeS} s and was stopped; ${askLess}`,
  MEMORY_LIMIT_EXCEEDED: `it needs more memory than it may have; ${askLess}`,
  TOO_MANY_ROWS_OR_BYTES: `its answer has more than ${peopleLimits.rows} rows or ${peopleLimits.resultBytes / 1_048_576} MiB; add a LIMIT or aggregate`,
  TOO_DEEP_AST: 'it is nested too deep',
  TOO_BIG_AST: 'it is too long',
  TOO_DEEP_SUBQUERIES: 'it is nested too deep',
}

/** One clean sentence in place of the engine's own words; its code name stays, and where in the question it was. */
export function explainFailure(error: unknown): QuestionError {
  if (error instanceof QuestionError) return error
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  if (!(error instanceof ClickHouseError)) {
    return fail('failed', 'the store could not answer; try again', error)
  }
  const type = error.type ?? 'UNKNOWN'
  const limit = limits[type]
  if (limit !== undefined) return fail('too-large', limit, error)
  if (type === 'SYNTAX_ERROR') return fail('invalid', syntaxSentence(error.message), error)
  if (type === 'ACCESS_DENIED') return fail('refused', accessSentence(error.message), error)
  return fail('invalid', `${cleanMessage(error.message)} (${type})`, error)
}

function fail(kind: QuestionErrorKind, reason: string, cause: unknown): QuestionError {
  return new QuestionError(kind, `Cannot run the query: ${reason}`, { cause })
}

/** Lines are counted from the question's own first one, which is the second of the text that the engine saw. */
function syntaxSentence(message: string): string {
  const place = /\(line (\d+), col (\d+)\): ([^\n]*)/.exec(message)
  if (place === null) return 'it is not one SELECT (SYNTAX_ERROR)'
  const [, line, column, near = ''] = place
  const at = `syntax error at line ${Math.max(1, Number(line) - 1)}, column ${column}`
  const text = near.split('. Expected', 1)[0]?.slice(0, 40).trim()
  return text === ')' || text === '' ? `${at}: it ends too early` : `${at}, near ${text}`
}

function accessSentence(message: string): string {
  const what = /grant ([\w() ,]+ ON [\w.*]*\w)/.exec(message)?.[1] ?? 'what it asks for'
  return `${what} is not given to questions; they may read the views metrics, distributions, events, service_checks, containers and container_totals`
}

/** Without the scope (the question again), without what the engine was doing, without paths of this machine. */
function cleanMessage(message: string): string {
  return (
    message
      .split(/:? (?:In|in) scope /, 1)[0]
      ?.split(/: (?:While|while) (?:processing|executing)/, 1)[0]
      ?.replaceAll(/(?<![\w)])\/[\w.@-]+(?:\/[\w.@-]+)+/g, '(a path)')
      .replaceAll(/\s+/g, ' ')
      .slice(0, 300)
      .replace(/[.:\s]+$/, '') ?? ''
  )
}
