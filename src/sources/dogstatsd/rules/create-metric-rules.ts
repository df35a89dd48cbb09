import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { createMapper, type Complain } from './map-metric.ts'
import type { MetricRules, RuledMetric } from './metric-rules.ts'

/**
 * Makes the rules of the configuration: first the mapper gives a new name, then the namespace goes in front, then names on
 * the blocklist are refused. Compiles patterns, so it is called where they are used.
 * @param complain Told of a mapping whose pattern takes too long and is not asked any more.
 * @see comp/dogstatsd/server of Datadog's agent, for the order
 */
export function createMetricRules(
  rules: DogstatsdSettings['rules'],
  complain: Complain = () => {},
): MetricRules {
  const map = createMapper(rules.mapperProfiles, complain)
  const isBlocked = createBlocklist(rules.blocklist, rules.isBlocklistPrefix)
  return {
    apply(given) {
      const mapped = map(given) ?? { name: given, tags: [] }
      const ruled = addNamespace(mapped, rules)
      return ruled.name === '' || isBlocked(ruled.name) ? undefined : ruled
    },
    isWanted: (name) => !isBlocked(name),
  }
}

/** Exempt is what begins as the list says, with or without a dot behind it. */
function addNamespace(metric: RuledMetric, rules: DogstatsdSettings['rules']): RuledMetric {
  const { namespace, namespaceExempt } = rules
  const { name, tags } = metric
  if (namespace === '' || name === '') return metric
  if (namespaceExempt.some((prefix) => name.startsWith(prefix))) return metric
  return { name: `${namespace}${name}`, tags }
}

function createBlocklist(names: readonly string[], isPrefix: boolean): (name: string) => boolean {
  if (isPrefix) return (name) => names.some((prefix) => name.startsWith(prefix))
  const blocked = new Set(names)
  return (name) => blocked.has(name)
}
