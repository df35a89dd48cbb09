import { QuestionError } from '../../question-error.ts'

/** A query that cannot be read; its kind is `invalid`, and its sentence says where and what was expected. */
export class LogQueryError extends QuestionError {
  /** Where the fault is, in UTF-16 units from the start of the query; its length when something is missing at its end. */
  readonly at: number

  constructor(text: string, at: number, reason: string) {
    super('invalid', `Cannot read the query ${describePlace(text, at)}: ${reason}`)
    this.at = at
  }
}

const shownLength = 20

function describePlace(text: string, at: number): string {
  const seen = text.slice(at, at + shownLength).toWellFormed()
  if (seen === '') return 'at its end'
  return `at character ${at + 1}, before ${seen}`
}
