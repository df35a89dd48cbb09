import type { Log } from '../telemetry/log.ts'
import { prepareStoreDir } from './data-folder.ts'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'
import { choresOf, type StoreChores } from './open-chores.ts'
import { explainOpenFault } from './remote/explain-open-fault.ts'
import { openRemoteEngine } from './remote/open-remote-engine.ts'
import type { RemoteOptions } from './remote/remote-options.ts'
import { StoreOpenError } from './store-errors.ts'

export interface EngineOptions {
  /** The engine in this process takes the folder `store` in it. */
  readonly dataDir: string
  /** What the engine in this process may take at most. */
  readonly maxMemoryBytes: number
  /** A ClickHouse that is not ours, in place of the one in this process. */
  readonly remote?: RemoteOptions
  readonly log?: Log
}

/** An engine, and what to say when its tables turn out to be of no use. */
export interface OpenedEngine {
  readonly engine: StoreEngine
  readonly explainFault: (cause: unknown) => StoreOpenError
  /** Absent for a ClickHouse that is not ours. */
  readonly chores?: StoreChores
}

/**
 * Reaches the ClickHouse that the options name, or starts the one in this process on their data folder.
 * @throws {StoreOpenError} With one sentence that says what to do.
 */
export async function openEngine(options: EngineOptions): Promise<OpenedEngine> {
  const { dataDir, maxMemoryBytes, remote, log } = options
  if (remote !== undefined) {
    const explainFault = (cause: unknown): StoreOpenError => explainOpenFault(cause, remote)
    return { engine: await openRemoteEngine(remote, log), explainFault }
  }
  const storeDir = await prepareStoreDir(dataDir)
  const engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes })
  const explainFault = (cause: unknown): StoreOpenError => explainDamage(storeDir, cause)
  return { engine, explainFault, chores: choresOf(engine, storeDir) }
}

function explainDamage(storeDir: string, cause: unknown): StoreOpenError {
  if (cause instanceof StoreOpenError) return cause
  return new StoreOpenError(
    'STORE_DAMAGED',
    `Cannot open the store in ${storeDir}: its tables cannot be read; move the folder away to start with an empty one`,
    { cause },
  )
}
