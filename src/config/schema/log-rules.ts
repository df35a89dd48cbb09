import { z } from 'zod'
import { findPatternFault } from './find-pattern-fault.ts'
import type { LogRule } from '../../component/log-rule.ts'
import { parseLogRules } from '../../component/parse-log-rules.ts'
import { yamlText } from './yaml-text.ts'

const allowed =
  'a list of rules with type, name and pattern, and replace_placeholder for mask_sequences; in a variable as JSON'

/**
 * `logs_config.processing_rules`: as a list, or as one text of JSON or YAML. A rule that cannot be used is a fault: it may be
 * one that masks.
 * @see datadog.md D.5
 */
export const logRules: z.ZodType<readonly LogRule[]> = z
  .union([yamlText, z.array(z.unknown())])
  .transform((given, context) => {
    const { rules, faults } = parseLogRules(given, 'rules')
    const reasons = [
      ...faults.map((fault) => fault.replace(/^rules: /, '')),
      ...rules.flatMap(listFaults),
    ]
    for (const reason of reasons) {
      const params = { seen: given, allowed: `${allowed}; ${reason}` }
      context.addIssue({ code: 'custom', params })
    }
    return rules
  })
  .meta({ allowed })

function listFaults(rule: LogRule): readonly string[] {
  if (rule.kind === 'exclude-truncated') return []
  if (rule.kind === 'multi-line') {
    return [
      `rule ${rule.name} is of the type multi_line, which only the rules of one source may be`,
    ]
  }
  const fault = findPatternFault(rule.pattern)
  return fault === undefined ? [] : [`the pattern of rule ${rule.name} cannot be used: ${fault}`]
}
