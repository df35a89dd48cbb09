import type { RuleTag } from './rule-tags.ts'

/** What names a service the same way in metrics, logs and traces. */
const unifiedKeys = ['env', 'service', 'version'] as const

const otelAttributes: ReadonlyMap<string, string> = new Map([
  ['deployment.environment.name', 'env'],
  ['deployment.environment', 'env'],
  ['service.name', 'service'],
  ['service.version', 'version'],
])

/** Where a container says what it is. */
interface Sources {
  readonly labels: ReadonlyMap<string, string>
  readonly env: ReadonlyMap<string, string>
  /** Made by the configuration's rules. */
  readonly rules: readonly RuleTag[]
}

/**
 * The tags `env`, `service` and `version`, each once, from the first of: `DD_…` variables, labels `com.datadoghq.tags.…`,
 * the configuration's rules, `OTEL_…` variables.
 * @see datadog.md E.5
 */
export function makeUnifiedTags({ labels, env, rules }: Sources): readonly string[] {
  const attributes = readOtelAttributes(env)
  return unifiedKeys.flatMap((key) => {
    const value = [
      env.get(`DD_${key.toUpperCase()}`),
      labels.get(`com.datadoghq.tags.${key}`),
      rules.find((tag) => tag.key === key)?.value,
      key === 'service' ? env.get('OTEL_SERVICE_NAME') : undefined,
      attributes.get(key),
    ].find((candidate) => candidate !== undefined && candidate !== '')
    return value === undefined ? [] : [`${key}:${value}`]
  })
}

export function isUnified({ key }: RuleTag): boolean {
  return unifiedKeys.some((unified) => unified === key)
}

/** `service.name=shop,deployment.environment=prod` by the key of the tag. */
function readOtelAttributes(env: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const pair of (env.get('OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',')) {
    const [name = '', value = ''] = pair.split('=', 2)
    const key = otelAttributes.get(name.trim())
    if (key !== undefined) found.set(key, value.trim())
  }
  return found
}
