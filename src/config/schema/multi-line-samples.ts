import { z } from 'zod'
import { findPatternFault } from './find-pattern-fault.ts'
import type { MultiLineSample } from '../../component/logs-settings.ts'
import { yamlText } from './yaml-text.ts'

const allowed =
  'a list of items with regex, or with sample, a text that entries begin with; in a variable as JSON'

const item = z.looseObject({
  regex: z.string().default(''),
  sample: z.string().default(''),
  label: z.enum(['start_group', 'no_aggregate', 'aggregate']).default('start_group'),
})

/**
 * `logs_config.auto_multi_line_detection_custom_samples`: as a list, or as one text of JSON or YAML. Of a sample all digits and
 * all letters count alike, as in the Datadog Agent; samples with another label than `start_group` are left aside.
 */
export const multiLineSamples: z.ZodType<readonly MultiLineSample[]> = z
  .union([yamlText, z.array(z.unknown())])
  .pipe(z.array(item))
  .transform((items, context) =>
    items.flatMap(({ regex, sample, label }) => {
      const pattern = regex === '' ? toPattern(sample) : regex
      const reason = pattern === '' ? 'an item has neither' : findPatternFault(pattern)
      if (reason !== undefined) {
        context.addIssue({
          code: 'custom',
          params: { seen: pattern, allowed: `${allowed}; ${reason}` },
        })
      }
      return label === 'start_group' ? [{ pattern }] : []
    }),
  )
  .meta({ allowed })

/** Numbers and words by their kind, all else as it is. */
function toPattern(sample: string): string {
  return sample.replaceAll(/\d+|[A-Za-z]+|[^\dA-Za-z]/g, (part) => {
    if (/\d/.test(part)) return '\\d+'
    return /[A-Za-z]/.test(part) ? '[A-Za-z]+' : part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  })
}
