import { formatExpression } from '../metric-language/format-expression.ts'
import { listQueries } from '../metric-language/list-queries.ts'
import { evaluate } from './evaluate.ts'
import type { AskedTime, Frame } from './frame.ts'
import type { MetricReader } from './metric-reader.ts'
import { readFormula, readNamedQueries, type NamedQuery } from './named-queries.ts'

export interface FormulasRequest {
  readonly queries: readonly NamedQuery[]
  /** None: each query by itself. */
  readonly formulas: readonly string[]
  readonly asked: AskedTime
}

/**
 * Answers formulas over queries, each with a frame, all on one grid.
 * @throws {QuestionError} `invalid`, with the place in the formula or query that is at fault, `too-large`, `busy` or
 *   `failed`.
 */
export async function askFormulas(
  reader: MetricReader,
  { queries, formulas, asked }: FormulasRequest,
): Promise<readonly Frame[]> {
  const named = readNamedQueries(queries)
  const expressions =
    formulas.length > 0 ? formulas.map((text) => readFormula(text, named)) : [...named.values()]
  const grid = await reader.chooseGrid(expressions.flatMap(listQueries), asked)
  const fetch = rememberFetches(reader)
  const frames: Frame[] = []
  for (const expression of expressions) frames.push(await evaluate(expression, { grid, fetch }))
  return frames
}

/** Fetches what several formulas need once. */
export function rememberFetches({ fetch }: MetricReader): MetricReader['fetch'] {
  const fetched = new Map<string, Promise<Frame>>()
  return (query, grid) => {
    const { startMs, intervalMs, length } = grid
    const key = `${startMs} ${intervalMs} ${length} ${formatExpression(query)}`
    const frame = fetched.get(key) ?? fetch(query, grid)
    fetched.set(key, frame)
    return frame
  }
}
