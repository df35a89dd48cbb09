import { ClickHouseError } from '@clickhouse/client'
import { StoreBusyError } from '../../store/store.ts'
import { QuestionError } from '../question-error.ts'

/** Asks the store, and says of its failures what the person who asked can do. */
export async function explainFailure<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): QuestionError {
  if (error instanceof QuestionError) return error
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  if (error instanceof ClickHouseError && /TIMEOUT|MEMORY|TOO_MANY/.test(error.type ?? '')) {
    const reason =
      'it takes more time or memory than a query may; name fewer tags or a shorter time'
    return new QuestionError('too-large', `Cannot answer the query: ${reason}`, { cause: error })
  }
  const reason = 'the store could not answer; try again'
  return new QuestionError('failed', `Cannot answer the query: ${reason}`, { cause: error })
}
