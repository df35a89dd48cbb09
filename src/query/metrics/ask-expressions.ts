import type { Expression } from '../metric-language/expression.ts'
import { listQueries } from '../metric-language/list-queries.ts'
import { parseExpressions } from '../metric-language/parse-expressions.ts'
import { evaluate } from './evaluate.ts'
import type { AskedTime, Frame } from './frame.ts'
import type { MetricReader } from './metric-reader.ts'

/**
 * Answers expressions in Datadog's query language, separated by commas, each with a frame on a grid of its own.
 * @throws {QuestionError} `invalid`, with the place in the text if it is at fault, `too-large`, `busy` or `failed`.
 */
export async function askExpressions(
  reader: MetricReader,
  text: string,
  asked: AskedTime,
): Promise<readonly Frame[]> {
  return answerExpressions(reader, parseExpressions(text), asked)
}

/** The same of expressions that are read already. */
export async function answerExpressions(
  reader: MetricReader,
  expressions: readonly Expression[],
  asked: AskedTime,
): Promise<readonly Frame[]> {
  const frames: Frame[] = []
  for (const expression of expressions) {
    const grid = await reader.chooseGrid(listQueries(expression), asked)
    frames.push(await evaluate(expression, { grid, fetch: reader.fetch }))
  }
  return frames
}
