/** A rule cannot be used; the message names it and says what is wrong. */
export class LogRuleError extends Error {
  override readonly name = 'LogRuleError'
}
