import { z } from 'zod'
import type { MapperProfile, MetricMapping } from '../../component/dogstatsd-settings.ts'
import { readGoPattern } from '../../component/go-pattern.ts'
import { yamlText } from './yaml-text.ts'

const allowed =
  'a list of profiles with name, prefix and mappings, each mapping with match and name, and match_type (wildcard or regex) and tags where needed; in a variable as JSON or YAML'

const text = z.union([z.string().min(1), z.number().transform(String)])

const mapping: z.ZodType<MetricMapping> = z
  .object({
    match: z.string().min(1),
    match_type: z.enum(['', 'wildcard', 'regex']).default('wildcard'),
    name: z.string().min(1),
    tags: z.record(z.string(), text).default({}),
  })
  .transform(({ match, match_type: matchType, name, tags }, context) => {
    const isRegex = matchType === 'regex'
    const fault = isRegex ? findPatternFault(match) : findWildcardFault(match)
    if (fault !== undefined) {
      context.addIssue({ code: 'custom', path: ['match'], params: { seen: match, allowed: fault } })
    }
    return { match, matchType: isRegex ? 'regex' : 'wildcard', name, tags }
  })

const profiles = z.array(
  z.object({ name: text, prefix: z.string().min(1), mappings: z.array(mapping).default([]) }),
)

/**
 * `dogstatsd_mapper_profiles`: as a list, or as one text of JSON or YAML. Keys that nobody knows are left out, as in Datadog's
 * agent.
 * @see comp/dogstatsd/mapper/mapper.go of the agent
 */
export const mapperProfiles: z.ZodType<readonly MapperProfile[]> = z
  .union([yamlText, z.array(z.unknown())])
  .pipe(profiles)
  .meta({ allowed })

function findWildcardFault(match: string): string | undefined {
  if (!/^[a-zA-Z0-9\-_*.]+$/.test(match)) {
    return 'a pattern of letters, digits, hyphens, underscores, dots and *; for anything else set match_type: regex'
  }
  return match.includes('**') ? 'a pattern without two * beside each other' : undefined
}

function findPatternFault(match: string): string | undefined {
  const read = readGoPattern(match)
  if (read.kind === 'pattern') return undefined
  return `a regular expression as Go has it; ${read.message}`
}
