/**
 * Why a question has no answer. `invalid`: it cannot be read; `refused`: it asks for what is not given to people;
 * `too-large`: its answer or its work passes a limit; `busy`: too many run already; `failed`: the store could not.
 */
export type QuestionErrorKind = 'invalid' | 'refused' | 'too-large' | 'busy' | 'failed'

export interface QuestionErrorOptions extends ErrorOptions {
  /** Where the text of the question is at fault. */
  readonly at?: number
}

/** A question that cannot be answered. The message is one sentence for the person who asked. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError'
  readonly code = 'QUESTION'
  readonly kind: QuestionErrorKind
  /**
   * Where the fault is, in UTF-16 units from the start of the text; its length when something is missing at its end.
   * Undefined where no text is at fault.
   */
  readonly at: number | undefined

  constructor(kind: QuestionErrorKind, message: string, options?: QuestionErrorOptions) {
    super(message, options)
    this.kind = kind
    this.at = options?.at
  }
}
