/**
 * Why a question has no answer. `invalid`: it cannot be read; `refused`: it asks for what is not given to people;
 * `too-large`: its answer or its work passes a limit; `busy`: too many run already; `failed`: the store could not.
 */
export type QuestionErrorKind = 'invalid' | 'refused' | 'too-large' | 'busy' | 'failed'

/** A question that cannot be answered. The message is one sentence for the person who asked. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError'
  readonly code = 'QUESTION'
  readonly kind: QuestionErrorKind

  constructor(kind: QuestionErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
