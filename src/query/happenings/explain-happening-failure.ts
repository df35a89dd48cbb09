import { ClickHouseError } from '@clickhouse/client'
import { explainFailure } from '../metrics/explain-failure.ts'
import { QuestionError } from '../question-error.ts'

/**
 * What `ask` answers. A regular expression that our own look at it lets through may be none for the engine.
 * @throws {QuestionError} For whatever it throws.
 */
export function explainHappeningFailure<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return explainFailure(async () => {
    try {
      return await ask()
    } catch (cause) {
      if (!(cause instanceof ClickHouseError) || cause.type !== 'CANNOT_COMPILE_REGEXP') throw cause
      const reason = 'a regular expression in the query is none that RE2 takes'
      throw new QuestionError('invalid', `Cannot search the events: ${reason}`, { cause })
    }
  })
}
