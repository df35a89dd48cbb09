import { dirname, join, resolve } from 'node:path'
import type { LogConfig } from '../../component/log-config.ts'
import type { Assignments } from '../assignment.ts'
import type { SearchPath } from '../find-file.ts'
import type { Findings } from '../findings.ts'
import type { SchemaListing } from '../schema/list-settings.ts'
import type { SecretReader } from '../secrets/secret-reader.ts'
import { collectFromCheckFile } from './collect-from-check-file.ts'
import { collectLogConfigs } from './collect-log-configs.ts'
import { listCheckFiles, type CheckFiles } from './list-check-files.ts'

/** Datadog's checks that are sources here, by the name of the check. */
const sourceSections: ReadonlyMap<string, string> = new Map([['docker', 'vigie.sources.docker']])

/** What says where the folder is. */
export interface ConfDSearch {
  /** The configuration file; the folder is `conf.d` beside it. */
  readonly file: SearchPath | undefined
  /** What was set otherwise; `confd_path` among it names another folder. */
  readonly assignments: Assignments
  /** Folder that relative paths start from. */
  readonly cwd: string
  readonly secrets: SecretReader
}

/** What the files of the folder say. */
export interface FromConfD {
  /** Settings of our sources. */
  readonly assignments: Assignments
  /** Logs to collect, of all files. */
  readonly logConfigs: readonly LogConfig[]
}

/**
 * What Datadog's files for single checks set. Checks that nothing here stands for, and that have no logs, are named in one
 * info. Without the folder there is nothing.
 * @see datadog.md A.6, D.6
 */
export function collectFromConfD(
  search: ConfDSearch,
  listing: SchemaListing,
  findings: Findings,
): FromConfD {
  const folder = findFolder(search)
  if (folder === undefined) return { assignments: new Map(), logConfigs: [] }
  const files = readFolder(folder, search, findings)
  const known = [...sourceSections].filter(([, section]) =>
    listing.sections.some(({ key }) => key === section),
  )
  const isForeign = search.file?.isForeign === true
  const logConfigs = [...files].flatMap(([, paths]) =>
    paths.flatMap((path) => collectLogConfigs(path, search.secrets, findings)),
  )
  const withLogs = new Set(logConfigs.map(({ place }) => place.replace(/:\d+:\d+$/, '')))
  const others = [...files]
    .filter(([check]) => !known.some(([name]) => name === check))
    .filter(([, [path]]) => isWritten(path) && !withLogs.has(path ?? ''))
    .map(([check]) => check)
  if (others.length > 0) {
    const subject = others.length === 1 ? '1 check has' : `${others.length} checks have`
    findings.infos.push(`${folder}: ${subject} no effect in this version: ${others.join(', ')}`)
  }
  const collected = known.map(([check, section]) => {
    const [path, ...more] = files.get(check) ?? []
    for (const other of more) {
      findings.warnings.push(`${other}: does not count, since ${path ?? ''} is read`)
    }
    if (path === undefined) return new Map()
    return collectFromCheckFile({ path, section, isForeign }, listing, findings)
  })
  return { assignments: new Map(collected.flatMap((assignments) => [...assignments])), logConfigs }
}

/** The agent comes with a default for each of its checks; nobody misses those. */
function isWritten(path: string | undefined): boolean {
  return path?.endsWith('.default') === false
}

function findFolder({ file, assignments, cwd }: ConfDSearch): string | undefined {
  const named = assignments.get('confd_path')?.value
  if (typeof named === 'string' && named !== '') return resolve(cwd, named)
  return file && join(dirname(file.path), 'conf.d')
}

/** A folder that is not there is no fault: a file of the agent's may name one that it never made. */
function readFolder(folder: string, { assignments }: ConfDSearch, findings: Findings): CheckFiles {
  try {
    return listCheckFiles(folder)
  } catch (error) {
    const named = assignments.get('confd_path')
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (named !== undefined && isMissing) {
      findings.warnings.push(`${named.place}: confd_path: saw no folder ${folder}`)
    } else if (!isMissing) {
      const reason = error instanceof Error ? error.message : String(error)
      findings.warnings.push(`${folder}: cannot be read: ${reason}`)
    }
    return new Map()
  }
}
