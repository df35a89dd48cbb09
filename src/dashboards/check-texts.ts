import type { Expression } from '../query/metric-language/expression.ts'
import { parseExpressions } from '../query/metric-language/parse-expressions.ts'
import { parseLogQuery } from '../query/logs/language/parse-log-query.ts'
import { QuestionError } from '../query/question-error.ts'
import type { Reading } from './reading.ts'

/** An expression as it was written, with what it means. */
export interface ReadExpression {
  readonly text: string
  readonly parsed: Expression
}

/** As much as the route that answers takes. */
const maxLength = 10_000
/** `$host`, `$host.value` or `$git.repository`. */
const reference = /\$([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*)/gu

/**
 * The expressions of a text in Datadog's language, with commas between them and template variables in them. One that
 * cannot be read is left out with the parser's own sentence: the answer is empty then.
 */
export function readExpressions(text: string, reading: Reading): readonly ReadExpression[] {
  if (text.length > maxLength) {
    reading.leaveOut(`its query has ${text.length} characters, at most ${maxLength} can be asked`)
    return []
  }
  if (!knowsVariables(text, reading)) return []
  return explaining(reading, () =>
    parseExpressions(maskVariables(text)).map((parsed) => ({
      text: text.slice(parsed.place.start, parsed.place.end).trim(),
      parsed,
    })),
  )
}

/** Whether a text is a search of logs or events; if not, it is left out with the parser's own sentence. */
export function isSearch(text: string, reading: Reading): boolean {
  if (!knowsVariables(text, reading)) return false
  return explaining(reading, () => [parseLogQuery(maskVariables(text))]).length > 0
}

function knowsVariables(text: string, reading: Reading): boolean {
  for (const [found, path = ''] of text.matchAll(reference)) {
    if (beginsWithVariable(path, reading.variables)) continue
    const name = found.replace(/\.value$/, '')
    reading.leaveOut(`${name} is none of the dashboard's template variables`)
    return false
  }
  return true
}

function beginsWithVariable(path: string, variables: Reading['variables']): boolean {
  const parts = path.split('.')
  return parts.some((_part, last) => variables.has(parts.slice(0, last + 1).join('.')))
}

/** The same text, every place where it was, with plain words for the variables. */
function maskVariables(text: string): string {
  return text.replaceAll(reference, '_$1')
}

function explaining<Result>(reading: Reading, parse: () => readonly Result[]): readonly Result[] {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error
    reading.leaveOut(error.message)
    return []
  }
}
