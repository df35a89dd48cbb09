import type { MapperProfile, MetricMapping } from '../../../component/dogstatsd-settings.ts'
import { readGoPattern } from '../../../component/go-pattern.ts'
import { expandTemplate } from './expand-template.ts'
import type { RuledMetric } from './metric-rules.ts'
import { compileNamePattern, PatternError, type NamePattern } from './name-pattern.ts'

/** What the profiles make of a name; `undefined` where no mapping fits. */
export type MapMetric = (name: string) => RuledMetric | undefined

/** Told of a mapping that is not asked any more, in one sentence. */
export type Complain = (sentence: string) => void

/** Names beyond this are not looked up; the server cuts names at 200. */
const longestName = 500
const cachedNames = 1000

interface Profile {
  readonly prefix: string
  readonly mappings: readonly Mapping[]
}

interface Mapping {
  /** Whoever sent a name that took too long can send the next like it. */
  isGivenUp: boolean
  readonly pattern: NamePattern
  readonly name: string
  readonly tags: readonly (readonly [key: string, value: string])[]
}

/**
 * Compiles the profiles. The first whose prefix fits decides, even when none of its mappings fits; of these the first that
 * fits counts. Answers for the newest names are kept.
 * @see comp/dogstatsd/mapper/mapper.go of Datadog's agent
 */
export function createMapper(profiles: readonly MapperProfile[], complain: Complain): MapMetric {
  if (profiles.length === 0) return () => undefined
  const compiled = profiles.map(compileProfile)
  const known = new Map<string, RuledMetric | undefined>()
  return (name) => {
    if (name.length > longestName) return undefined
    if (known.has(name)) return known.get(name)
    const profile = compiled.find(({ prefix }) => name.startsWith(prefix))
    const mapped = profile && applyMappings(profile.mappings, name, complain)
    if (known.size >= cachedNames) known.clear()
    known.set(name, mapped)
    return mapped
  }
}

function compileProfile({ prefix, mappings }: MapperProfile): Profile {
  return {
    prefix: prefix === '*' ? '' : prefix,
    mappings: mappings.map((mapping) => ({
      isGivenUp: false,
      pattern: compilePattern(mapping),
      name: mapping.name,
      tags: Object.entries(mapping.tags),
    })),
  }
}

/** The agent puts `^` and `$` around the text itself, so that in `a|b` each holds for one side only. */
function compilePattern({ match, matchType }: MetricMapping): NamePattern {
  if (matchType === 'wildcard') {
    const source = match.replaceAll('.', '\\.').replaceAll('*', '([^.]*)')
    return compileNamePattern(`^${source}$`, '')
  }
  const read = readGoPattern(match)
  // The configuration has refused those that cannot be read.
  if (read.kind === 'fault')
    throw new TypeError(`Cannot read the pattern ${match}: ${read.message}`)
  const { source, flags } = read.pattern
  return compileNamePattern(`^${source}$`, flags)
}

function applyMappings(
  mappings: readonly Mapping[],
  name: string,
  complain: Complain,
): RuledMetric | undefined {
  for (const mapping of mappings) {
    if (mapping.isGivenUp) continue
    try {
      const match = mapping.pattern.match(name)
      if (match !== undefined) return expand(mapping, match)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      mapping.isGivenUp = true
      complain(`${error.message}; the mapping to ${mapping.name} is not asked any more`)
    }
  }
  return undefined
}

function expand({ name, tags }: Mapping, match: RegExpExecArray): RuledMetric {
  return {
    name: expandTemplate(name, match),
    tags: tags.map(([key, value]) => `${key}:${expandTemplate(value, match)}`),
  }
}
