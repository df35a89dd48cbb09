import type { Assignments } from './assignment.ts'
import { checkAccess } from './check-access.ts'
import { checkAssignments, type CheckedAssignments } from './check-assignments.ts'
import { checkContainerRules } from './check-container-rules.ts'
import { checkDogstatsd } from './check-dogstatsd.ts'
import { checkOutbound } from './check-outbound.ts'
import { checkStore } from './check-store.ts'
import { collectAssignments } from './collect-assignments.ts'
import { findDestinations, type DatadogDestinations } from './destinations/find-destinations.ts'
import { ConfigurationError } from './fault.ts'
import { findConfigurationFile, searchPaths, type SearchPath } from './find-file.ts'
import type { Findings } from './findings.ts'
import { readTextFile } from './read-text-file.ts'
import { composeSchema, type ComponentLists } from './schema/compose-schema.ts'
import { listSettings, type SchemaListing, type Setting } from './schema/list-settings.ts'
import type { SecretsReport } from './secrets/secret-reader.ts'
import { toSettings, type Settings } from './settings.ts'
import { parseYamlFile, type YamlFile } from './yaml-file.ts'

/** Where the configuration comes from. */
export interface ConfigurationRequest {
  /** From the command line: a file, or a folder with `vigie.yaml` or `datadog.yaml`. */
  readonly argvPath?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder that relative paths start from. */
  readonly cwd: string
  readonly components: ComponentLists
  /** Where a file is looked for when none is named. */
  readonly searchPaths?: readonly SearchPath[]
}

/** A setting with what it is set to, written as in the file. */
export interface EffectiveSetting {
  readonly setting: Setting
  /** `undefined` when it is not set and has no default. */
  readonly value: unknown
  /** `/etc/vigie/datadog.yaml:12:9`, `environment VIGIE_LISTEN` or `default`. */
  readonly place: string
  /** Whether it was kept elsewhere, as a secret. */
  readonly isSecret?: boolean
}

/** A configuration without faults. */
export interface Configuration {
  readonly settings: Settings
  /** The file that was read; absent when there was none. */
  readonly file: string | undefined
  /** Probably not what was meant, a sentence each. */
  readonly warnings: readonly string[]
  /** Good to know, a sentence each. */
  readonly infos: readonly string[]
  /** Every setting, in the order of the schema. */
  readonly effective: readonly EffectiveSetting[]
  /** Which `ENC[handle]` were read, and from where. */
  readonly secrets: SecretsReport
}

/**
 * Reads the configuration: what the environment sets counts before the file, the file before the files in `conf.d`, and
 * these before the defaults.
 * @throws {ConfigurationError} With every fault there is, when there is one.
 */
export function loadConfiguration(request: ConfigurationRequest): Configuration {
  const { env, cwd } = request
  const findings: Findings = { faults: [], warnings: [], infos: [], withoutEffect: [] }
  const schema = composeSchema(request.components)
  const listing = listSettings(schema)
  const found = findConfigurationFile(
    { searchPaths, ...request, argvPath: request.argvPath },
    findings,
  )
  const file = found && readFile(found, findings)
  const collected = collectAssignments({ file, found, env, cwd }, listing, findings)
  const { assignments, below, logConfigs, secrets } = collected
  const placeInFile = file?.placeOf ?? (() => 'configuration')
  const checked = checkAssignments(assignments, { schema, listing, placeInFile, below }, findings)
  const destinations = checked && checkTogether(checked, found, findings)
  if (checked === undefined || destinations === undefined) {
    throw new ConfigurationError(findings.faults, findings.warnings)
  }
  const settings = toSettings(checked.parsed, { cwd, logConfigs, destinations })
  return {
    settings,
    file: file && found?.path,
    warnings: findings.warnings,
    infos: [...describeWithoutEffect(listing, checked, findings), ...findings.infos],
    effective: listing.settings.map((setting) => toEffective(setting, checked, settings)),
    secrets: secrets.report(),
  }
}

/** What settings demand of one another, and what comes of several together; `undefined` when there are faults. */
function checkTogether(
  checked: CheckedAssignments,
  found: SearchPath | undefined,
  findings: Findings,
): DatadogDestinations | undefined {
  // A value that could not be read is missing everywhere else, too: one fault is enough.
  if (findings.faults.length > 0) return undefined
  checkAccess(checked, findings)
  checkStore(checked, findings)
  checkContainerRules(checked, findings)
  checkDogstatsd(checked, findings)
  checkOutbound(checked, findings)
  const foreign = found?.isForeign === true ? found : undefined
  const destinations = findDestinations(checked, foreign, findings)
  return findings.faults.length > 0 ? undefined : destinations
}

/** Without a file where it is somebody else's, such as a Datadog Agent's on the same host, and closed to this user. */
function readFile({ path, isForeign }: SearchPath, findings: Findings): YamlFile | undefined {
  const file = readTextFile(path)
  if (file.kind === 'text') return parseYamlFile(path, file.text, findings)
  if (file.isForbidden && isForeign === true) findings.warnings.push(`${path}: ${file.message}`)
  else findings.faults.push({ place: path, message: file.message })
  return undefined
}

function describeWithoutEffect(
  { settings }: SchemaListing,
  { assignments }: CheckedAssignments,
  { withoutEffect }: Findings,
): readonly string[] {
  const accepted = settings.filter(({ key, hasNoEffect }) => hasNoEffect && assignments.has(key))
  const names = [...accepted.map(({ key }) => key), ...withoutEffect]
  if (names.length === 0) return []
  const subject =
    names.length === 1 ? '1 Datadog option has' : `${names.length} Datadog options have`
  return [`${subject} no effect in this version: ${names.join(', ')}`]
}

function toEffective(
  setting: Setting,
  { assignments }: { readonly assignments: Assignments },
  settings: Settings,
): EffectiveSetting {
  const assignment = assignments.get(setting.key)
  if (assignment !== undefined) return { setting, ...assignment }
  // The one default that follows from another setting.
  const value = setting.key === 'vigie.server_url' ? settings.serverUrl : setting.fallback
  return { setting, value, place: 'default' }
}
