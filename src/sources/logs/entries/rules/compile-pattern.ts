import { LinearPattern } from '../../../../component/linear-pattern/linear-pattern.ts'
import { PatternSyntaxError } from '../../../../component/linear-pattern/syntax.ts'
import { LogRuleError } from './log-rule-error.ts'

/** A rule or a sample of the configuration. */
export interface WithPattern {
  readonly pattern: string
}

/** A rule for all sources is compiled once, not once for each: what a pattern has learnt takes up to 1 MiB. */
const anywhere = new WeakMap<WithPattern, LinearPattern>()
const atStart = new WeakMap<WithPattern, LinearPattern>()

/**
 * @param owner Whose pattern it is, for the message: `rule no_health_checks`.
 * @throws {LogRuleError} When the pattern cannot be used.
 */
export function compilePattern(of: WithPattern, owner: string): LinearPattern {
  const known = anywhere.get(of)
  if (known !== undefined) return known
  try {
    const pattern = new LinearPattern(of.pattern)
    anywhere.set(of, pattern)
    return pattern
  } catch (cause) {
    if (!(cause instanceof PatternSyntaxError)) throw cause
    const message = `Cannot use ${owner}: in its pattern ${of.pattern.slice(0, 200)}, ${cause.message}`
    throw new LogRuleError(message, { cause })
  }
}

/**
 * The same for the beginning of a text only.
 * @throws {LogRuleError} When the pattern cannot be used, alone: `a)|(b` is refused.
 */
export function compileStart(of: WithPattern, owner: string): LinearPattern {
  const known = atStart.get(of)
  if (known !== undefined) return known
  compilePattern(of, owner)
  const pattern = compilePattern({ pattern: `^(?:${of.pattern})` }, owner)
  atStart.set(of, pattern)
  return pattern
}
