import { describePlace } from '../../describe-place.ts'
import { QuestionError } from '../../question-error.ts'

/** A query that cannot be read; its kind is `invalid`, and its sentence says where and what was expected. */
export class LogQueryError extends QuestionError {
  override readonly at: number

  constructor(text: string, at: number, reason: string) {
    super('invalid', `Cannot read the query ${describePlace(text, at)}: ${reason}`, { at })
    this.at = at
  }
}
