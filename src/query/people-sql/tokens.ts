import type { ClickHouseClient } from '@clickhouse/client'
import { QuestionError } from '../question-error.ts'

interface Token {
  /** Byte offsets. */
  readonly begin: string
  readonly end: string
  readonly type: string
}

const blank = new Set(['Whitespace', 'Comment'])
const opening = new Set(['OpeningRoundBracket', 'OpeningSquareBracket', 'OpeningCurlyBrace'])
const closing = new Set(['ClosingRoundBracket', 'ClosingSquareBracket', 'ClosingCurlyBrace'])
const unclosed: Record<string, string> = {
  ErrorMultilineCommentIsNotClosed: 'a comment',
  ErrorSingleQuoteIsNotClosed: 'a single quote',
  ErrorDoubleQuoteIsNotClosed: 'a double quote',
  ErrorBackQuoteIsNotClosed: 'a back quote',
}

/**
 * The question without what follows its end, once its brackets are balanced and nothing is left open: such a text
 * stays inside the brackets that are put around it. The engine's own lexer splits the text, which it gets as a
 * parameter, so that nothing of it is parsed or run here.
 * @throws {QuestionError} `invalid`.
 */
export async function checkTokens(client: ClickHouseClient, query: string): Promise<string> {
  const tokens = await readTokens(client, query)
  const end = tokens.findIndex(({ type }) => type === 'Semicolon')
  const own = end === -1 ? tokens : tokens.slice(0, end)
  const rest = end === -1 ? [] : tokens.slice(end)
  if (rest.some(({ type }) => type !== 'Semicolon' && !blank.has(type))) {
    throw invalid('it holds more than one statement')
  }
  if (own.every(({ type }) => blank.has(type))) throw invalid('it is empty')
  checkBalance(own)
  const bytes = Buffer.from(query)
  if (Number(tokens.at(-1)?.end) !== bytes.length) throw invalid('it holds a NUL character')
  return bytes.subarray(0, Number(own.at(-1)?.end)).toString()
}

async function readTokens(client: ClickHouseClient, query: string): Promise<readonly Token[]> {
  const answer = await client.query({
    query: 'SELECT tokenizeQuery({query:String}) AS tokens',
    query_params: { query },
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ tokens: Token[] }>()
  return row?.tokens ?? []
}

function checkBalance(tokens: readonly Token[]): void {
  let depth = 0
  for (const { begin, type } of tokens) {
    if (type.startsWith('Error')) {
      throw invalid(
        unclosed[type] ? `${unclosed[type]} is not closed` : `byte ${begin} has no meaning there`,
      )
    }
    if (opening.has(type)) depth += 1
    if (closing.has(type)) depth -= 1
    if (depth < 0) throw invalid('a bracket is closed that was not opened')
  }
  if (depth > 0) throw invalid('a bracket is not closed')
}

function invalid(reason: string): QuestionError {
  return new QuestionError('invalid', `Cannot read the query: ${reason}; write one SELECT`)
}
