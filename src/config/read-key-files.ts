import { resolve } from 'node:path'
import type { Assignments } from './assignment.ts'
import type { Findings } from './findings.ts'
import { readTextFile } from './read-text-file.ts'

/** Settings that name a file, and those whose value is in it. */
const files = [
  ['vigie.api_key_file', 'api_key'],
  ['vigie.server_key_file', 'vigie.server_key'],
  ['vigie.oidc.client_secret_file', 'vigie.oidc.client_secret'],
] as const

/**
 * Gives the settings that are kept in files their values, from where such a file is named. One that cannot be read is a
 * fault, and so is a value beside its file.
 * @param cwd Folder that relative paths start from.
 */
export function readKeyFiles(
  assignments: Assignments,
  cwd: string,
  findings: Findings,
): Assignments {
  const filled = new Map(assignments)
  for (const [fileKey, key] of files) {
    const named = assignments.get(fileKey)
    if (named === undefined || typeof named.value !== 'string' || named.value === '') continue
    const fault = (message: string): void => {
      findings.faults.push({ place: named.place, key: fileKey, message })
    }
    const given = assignments.get(key)
    if (given !== undefined && given.origin !== 'legacy') {
      fault(`saw a file beside ${key} (${given.place}); set one of them only`)
      continue
    }
    const path = resolve(cwd, named.value)
    const read = readTextFile(path, fileKey)
    if (read.kind === 'fault') fault(`${path}: ${read.message}`)
    else if (read.text.trim() === '') fault(`saw that ${path} is empty; put the key in it`)
    else filled.set(key, { value: read.text.trim(), place: path, origin: named.origin })
  }
  return filled
}
