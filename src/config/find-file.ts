import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Findings } from './findings.ts'

/** A place where a file may be. */
export interface SearchPath {
  readonly path: string
  /** Somebody else's file, which we read when we may. */
  readonly isForeign?: boolean
}

/** Where the file is looked for when nobody names one; the first that exists is read. */
export const searchPaths: readonly SearchPath[] = [
  { path: 'vigie.yaml' },
  { path: '/etc/vigie/datadog.yaml' },
  { path: '/etc/datadog-agent/datadog.yaml', isForeign: true },
]

/** Names that are looked for in a named folder. */
const namesInFolder = ['vigie.yaml', 'datadog.yaml']

/** Where to look. */
export interface FileSearch {
  /** From the command line; a file or a folder. */
  readonly argvPath: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder that relative paths start from. */
  readonly cwd: string
  readonly searchPaths: readonly SearchPath[]
}

/**
 * The file to read, by its absolute path: the named one, or the first that exists. `undefined` without one; a named
 * file that is not there is a fault.
 */
export function findConfigurationFile(
  { argvPath, env, cwd, searchPaths: places }: FileSearch,
  findings: Findings,
): SearchPath | undefined {
  const variable = env['VIGIE_CONFIG'] === '' ? undefined : env['VIGIE_CONFIG']
  const named = argvPath ?? variable
  if (named === undefined) {
    return places
      .map((place) => ({ ...place, path: resolve(cwd, place.path) }))
      .find(({ path }) => existsSync(path))
  }
  const path = resolveNamed(resolve(cwd, named))
  if (path !== undefined) return { path }
  findings.faults.push({
    place: argvPath === undefined ? 'environment VIGIE_CONFIG' : '--config',
    message: `saw ${named}; allowed: a file that exists, or a folder with ${namesInFolder.join(' or ')}`,
  })
  return undefined
}

function resolveNamed(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isDirectory() !== true) return stats === undefined ? undefined : path
  return namesInFolder.map((name) => join(path, name)).find((file) => existsSync(file))
}
