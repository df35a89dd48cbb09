import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names of block devices change when one is plugged in: read again after this long. */
const maxAgeMs = 60_000

/**
 * Gives the names of block devices by `major:minor`.
 * @returns A function that gives `sda` for `8:0`, `undefined` for one that is not there.
 * @see proc_diskstats(5)
 */
export function createDeviceNames(procRoot: string): (device: string) => string | undefined {
  let names = new Map<string, string>()
  let readAtMs = Number.NEGATIVE_INFINITY
  return (device) => {
    if (performance.now() - readAtMs > maxAgeMs) {
      names = readNames(procRoot)
      readAtMs = performance.now()
    }
    return names.get(device)
  }
}

function readNames(procRoot: string): Map<string, string> {
  try {
    const lines = readFileSync(join(procRoot, 'diskstats'), 'utf8').trim().split('\n')
    return new Map(
      lines.map((line) => {
        const [major = '', minor = '', name = ''] = line.trim().split(/\s+/, 3)
        return [`${major}:${minor}`, name]
      }),
    )
  } catch {
    return new Map()
  }
}
