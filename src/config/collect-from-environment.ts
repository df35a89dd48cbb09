import type { Assignment, Assignments } from './assignment.ts'
import { isDatadogVariable } from './datadog-names.ts'
import type { Findings } from './findings.ts'
import { collectLegacyProxy, legacyProxyVariables } from './legacy-proxy.ts'
import { findNearestName } from './nearest-name.ts'
import { readValue } from './read-value.ts'
import type { SchemaListing, Setting } from './schema/list-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Variables of ours that are no settings. */
const ownVariables = new Set(['VIGIE_CONFIG'])

/** Where programs find an agent, as clients and tracers read it; some come close to names of ours. */
const clientVariable =
  /^DD_(AGENT_HOST|DOGSTATSD_(HOST|URL)|ENTITY_ID|EXTERNAL_ENV|CARDINALITY|ORIGIN_DETECTION_ENABLED)$/

/**
 * What Kubernetes sets in every container of a namespace that has a service named `vigie` or `vigie-…`, and what
 * Docker sets for a link: `VIGIE_SERVICE_HOST`, `VIGIE_PORT_8127_TCP_ADDR`.
 */
const serviceVariable =
  /_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/

/** Variables of Agent 5 (its container's documentation) that have no effect here. */
const legacyVariable =
  /^(EC2_TAGS|SD_(BACKEND(_HOST|_PORT)?|CONFIG_BACKEND|TEMPLATE_DIR|CONSUL_TOKEN))$/

/**
 * What the environment sets. A variable that is empty counts as absent; of the names of one setting the first that is
 * there counts. `VIGIE_…` that nobody knows, and `DD_…` that come close to one that counts, become warnings.
 */
export function collectFromEnvironment(
  env: Environment,
  { settings }: SchemaListing,
  findings: Findings,
): Assignments {
  const assignments = new Map<string, Assignment>(collectLegacyProxy(env))
  for (const setting of settings) {
    const assignment = readSetting(env, setting)
    if (assignment !== undefined) assignments.set(setting.key, assignment)
  }
  reportOthers(env, settings, findings)
  return assignments
}

function readSetting(env: Environment, setting: Setting): Assignment | undefined {
  for (const { name, kind } of setting.environment) {
    const text = env[name]?.trim() ?? ''
    if (text === '') continue
    const value = kind === 'flag' ? true : readValue(text, setting.node)
    const origin = kind === 'legacy' || kind === 'shared' ? kind : 'environment'
    return { value, place: `environment ${name}`, origin }
  }
  return undefined
}

function reportOthers(env: Environment, settings: readonly Setting[], findings: Findings): void {
  const known = [
    ...settings.flatMap((setting) => setting.environment.map(({ name }) => name)),
    ...legacyProxyVariables,
  ]
  for (const name of Object.keys(env)) {
    if ((env[name] ?? '') === '' || known.includes(name)) continue
    if (legacyVariable.test(name)) findings.withoutEffect.push(name)
    else if (name.startsWith('DD_')) reportDatadogVariable(name, known, findings)
    else if (isMeantForUs(name)) warnOfUnknown(name, [...known, ...ownVariables], findings)
  }
}

function isMeantForUs(name: string): boolean {
  return name.startsWith('VIGIE_') && !ownVariables.has(name) && !serviceVariable.test(name)
}

/** Tracers and clients read many `DD_` variables of their own, so most of what is not known is none of our business. */
function reportDatadogVariable(name: string, known: readonly string[], findings: Findings): void {
  if (clientVariable.test(name)) return
  if (isDatadogVariable(name)) findings.withoutEffect.push(name)
  else if (findNearestName(name, known) !== undefined) warnOfUnknown(name, known, findings)
}

function warnOfUnknown(name: string, known: readonly string[], findings: Findings): void {
  const nearest = findNearestName(name, known)
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
  findings.warnings.push(`environment ${name} is not known${hint}`)
}
