import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The files that configure each check, by the name of the check, in the order in which they count. */
export type CheckFiles = ReadonlyMap<string, readonly string[]>

/**
 * Looks through a `conf.d` as Datadog's agent has it: `<check>.d/*.yaml`, `conf.yaml` first, and `<check>.yaml`; where a
 * check has none of them, `<check>.d/conf.yaml.default`. Examples do not count.
 * @throws {Error} With a `code`, if the folder cannot be read.
 */
export function listCheckFiles(folder: string): CheckFiles {
  const files = new Map<string, string[]>()
  const defaults = new Map<string, string>()
  const add = (check: string, path: string): void => {
    files.set(check, [...(files.get(check) ?? []), path])
  }
  for (const name of listNames(folder)) {
    const path = join(folder, name)
    if (!name.endsWith('.d')) continue
    const check = name.slice(0, -2)
    const inside = listNames(path)
    for (const file of inside.filter(isYaml)) add(check, join(path, file))
    if (inside.includes('conf.yaml.default')) defaults.set(check, join(path, 'conf.yaml.default'))
  }
  for (const name of listNames(folder).filter(isYaml)) {
    add(name.replace(/\.ya?ml$/, ''), join(folder, name))
  }
  for (const [check, path] of defaults) if (!files.has(check)) add(check, path)
  return files
}

/** Sorted, `conf.yaml` first; nothing for what is no folder. */
function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted(
      (a, b) => Number(b === 'conf.yaml') - Number(a === 'conf.yaml') || (a < b ? -1 : 1),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return []
    throw error
  }
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/.test(name)
}
