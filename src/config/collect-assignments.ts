import { existsSync } from 'node:fs'
import type { LogConfig } from '../component/log-config.ts'
import type { Assignment, Assignments } from './assignment.ts'
import { collectFromConfD } from './conf-d/collect-from-conf-d.ts'
import { collectFromEnvironment } from './collect-from-environment.ts'
import { collectFromFile } from './collect-from-file.ts'
import type { SearchPath } from './find-file.ts'
import type { Findings } from './findings.ts'
import { findHostDefaults, type HostDefaults } from './host-defaults.ts'
import { readKeyFiles } from './read-key-files.ts'
import type { SchemaListing } from './schema/list-settings.ts'
import { SecretReader } from './secrets/secret-reader.ts'
import type { YamlFile } from './yaml-file.ts'

/** Where values are looked for. */
export interface Sources {
  readonly file: YamlFile | undefined
  /** Where that file is. */
  readonly found: SearchPath | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder that relative paths start from. */
  readonly cwd: string
}

/** What was set, by whomever. */
export interface Collected {
  /** All that count, `ENC[handle]` read. */
  readonly assignments: Assignments
  /** What would count without the environment. */
  readonly below: Assignments
  /** What the files in `conf.d` have under `logs:`. */
  readonly logConfigs: readonly LogConfig[]
  readonly secrets: SecretReader
}

/** The environment over the file over the files in `conf.d` over the defaults that follow from the host. */
export function collectAssignments(
  { file, found, env, cwd }: Sources,
  listing: SchemaListing,
  findings: Findings,
): Collected {
  const fromFile = file === undefined ? new Map() : collectFromFile(file, listing, findings)
  const fromEnvironment = collectFromEnvironment(env, listing, findings)
  const named = new Map([...fromFile, ...fromEnvironment])
  const secrets = new SecretReader(named, env, findings)
  const fromConfD = collectFromConfD(
    { file: found, assignments: named, cwd, secrets },
    listing,
    findings,
  )
  const below = new Map([
    ...assignDefaults(findHostDefaults(env, existsSync)),
    ...fromConfD.assignments,
    ...fromFile,
  ])
  const all = secrets.revealAll(withEnvironment(below, fromEnvironment), listing.settings)
  const assignments = readKeyFiles(all, cwd, findings)
  return { assignments, below, logConfigs: fromConfD.logConfigs, secrets }
}

/** The plain old names of Agent 5 count only where nothing but a default stands. */
function withEnvironment(below: Assignments, fromEnvironment: Assignments): Assignments {
  const counting = [...fromEnvironment].filter(
    ([key, { origin }]) =>
      origin !== 'legacy' || (below.get(key)?.origin ?? 'default') === 'default',
  )
  return new Map([...below, ...counting])
}

function assignDefaults(defaults: HostDefaults): Assignments {
  const assignments = new Map<string, Assignment>()
  for (const [key, value] of defaults) {
    assignments.set(key, { value, place: 'default', origin: 'default' })
  }
  return assignments
}
