import { z } from 'zod'
import type { LogRule } from './log-rule.ts'

/** Rules as they stand, and one sentence for each that cannot be used. */
export interface ParsedLogRules {
  readonly rules: readonly LogRule[]
  readonly faults: readonly string[]
}

const schema = z.looseObject({
  type: z.string(),
  name: z.union([z.string().min(1), z.number().transform(String)]),
  pattern: z.string().default(''),
  replace_placeholder: z.string().default(''),
})

const known = 'exclude_at_match, include_at_match, mask_sequences, multi_line and exclude_truncated'

/**
 * Reads `processing_rules`, or the `log_processing_rules` of one source. Whether a pattern can be compiled shows when it is.
 * @param place Where the list stands, for messages: `conf.d/web.d/conf.yaml:3:5`.
 * @see datadog.md D.5
 */
export function parseLogRules(json: unknown, place: string): ParsedLogRules {
  if (!Array.isArray(json)) return { rules: [], faults: [`${place}: rules must be a list`] }
  const rules: LogRule[] = []
  const faults: string[] = []
  for (const [at, each] of json.entries()) {
    const rule = parseRule(each)
    if (typeof rule === 'string') faults.push(`${place}: rule ${at + 1}${rule}`)
    else rules.push(rule)
  }
  return { rules, faults }
}

/** The rule, or what is wrong with it. */
function parseRule(json: unknown): LogRule | string {
  const parsed = schema.safeParse(json)
  if (!parsed.success)
    return ' must have a name, a type and, except for exclude_truncated, a pattern'
  const { name, type, pattern, replace_placeholder: replacement } = parsed.data
  if (type === 'exclude_truncated') return { kind: 'exclude-truncated', name }
  const withPattern = toRule(type, { name, pattern, replacement })
  if (withPattern === undefined) return ` (${name}) has the type ${type}; known are ${known}`
  return pattern === '' ? ` (${name}) has no pattern` : withPattern
}

function toRule(
  type: string,
  {
    name,
    pattern,
    replacement,
  }: Pick<Extract<LogRule, { kind: 'mask' }>, 'name' | 'pattern' | 'replacement'>,
): LogRule | undefined {
  switch (type) {
    case 'exclude_at_match':
      return { kind: 'exclude', name, pattern }
    case 'include_at_match':
      return { kind: 'include', name, pattern }
    case 'mask_sequences':
      return { kind: 'mask', name, pattern, replacement }
    case 'multi_line':
      return { kind: 'multi-line', name, pattern }
    default:
      return undefined
  }
}
