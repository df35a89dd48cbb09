import { ClickHouseError } from '@clickhouse/client'
import { StoreBusyError } from '../../store/store.ts'
import { QuestionError } from '../question-error.ts'

/** Why the logs could not be searched, as one sentence for the person who asked. */
export function explainFailure(error: unknown): QuestionError {
  if (error instanceof QuestionError) return error
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  const type = error instanceof ClickHouseError ? (error.type ?? '') : ''
  if (type === 'CANNOT_COMPILE_REGEXP') {
    const reason = 'a regular expression in the query is none that RE2 takes'
    return new QuestionError('invalid', `Cannot search the logs: ${reason}`, { cause: error })
  }
  if (/TIMEOUT|MEMORY|TOO_MANY/.test(type)) {
    const reason =
      'it takes more time or memory than a question may; name a shorter time, or a word that fewer lines have'
    return new QuestionError('too-large', `Cannot search the logs: ${reason}`, { cause: error })
  }
  const reason = 'the store could not answer; try again'
  return new QuestionError('failed', `Cannot search the logs: ${reason}`, { cause: error })
}

/**
 * What `ask` answers.
 * @throws {QuestionError} For whatever it throws.
 */
export async function explaining<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    throw explainFailure(error)
  }
}
