import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store, type StoreOptions } from './open-store.ts'
import { defaultRetention } from './retention.ts'

/** A store in a folder of its own, for tests; closed and removed at the end of its block (`await using`). */
export interface TemporaryStore extends Store, AsyncDisposable {
  readonly dataDir: string
}

/** Opens a small store in a new folder. A process opens one at a time: one for each test file. */
export async function openTemporaryStore(
  options: Partial<StoreOptions> = {},
): Promise<TemporaryStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-store-'))
  const store = await openStore({
    dataDir,
    maxMemoryBytes: 512 * 1024 * 1024,
    retention: defaultRetention,
    queueBytes: 64 * 1024 * 1024,
    maxSeries: 10_000,
    logBudgetBytes: 1024 * 1024 * 1024,
    restMs: 0,
    ...options,
  })
  const dispose = async (): Promise<void> => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...store, dataDir, [Symbol.asyncDispose]: dispose }
}
