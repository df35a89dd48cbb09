import { HttpError, HttpTextError } from '../http/http-error.ts'
import { QuestionError, type QuestionErrorKind } from '../query/question-error.ts'

const statuses: Readonly<Record<QuestionErrorKind, number>> = {
  invalid: 400,
  refused: 403,
  'too-large': 422,
  busy: 429,
  failed: 503,
}

/**
 * The answer to a question put to the store.
 * @throws {HttpError} With the question's own sentence: 400 when it cannot be read, 403 when it asks for what is not
 * given, 422 when it is too much, 429 and 503 when asking again may help.
 */
export async function answerQuestion<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error
    if (error.kind === 'invalid' && error.at !== undefined) {
      throw new HttpTextError(error.message, error.at)
    }
    const mayAskAgain = error.kind === 'busy' || error.kind === 'failed'
    throw new HttpError(
      statuses[error.kind],
      error.message,
      mayAskAgain ? { 'retry-after': '1' } : {},
    )
  }
}
