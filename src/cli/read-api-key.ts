import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../config/settings.ts'

/**
 * The key to show to the server: the configured one, else the one that a server with the same data folder has made.
 * @returns A function to be asked at each use, because the server may make its key after the agent has started.
 */
export function createKeyReader({ serverKey, dataDir }: Settings): () => string | undefined {
  let known = serverKey
  return () => {
    known ??= readKey(join(dataDir, 'api_key'))
    return known
  }
}

function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
