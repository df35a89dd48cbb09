import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type ChdbModule from 'chdb'
import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { upkeepSettings, type ColumnInsert, type StoreEngine } from '../engine.ts'
import { StoreOpenError } from '../store-errors.ts'
import { toArrowColumn, type ArrowColumn } from './arrow-columns.ts'
import { connectEmbedded } from './embedded-connection.ts'
import { engineConfigXml, engineUsersXml } from './engine-config.ts'
import type { EngineSession, OpenSession } from './engine-session.ts'
import { peopleSetUp } from './people-limits.ts'
import { SessionPool } from './session-pool.ts'

type Chdb = typeof ChdbModule & ArrowTables

/** What the package has beside its typings: the way below `registerArrowTable`, which takes fewer kinds of columns. */
interface ArrowTables {
  readonly _arrowRegisterColumns: (
    connection: unknown,
    name: string,
    columns: readonly ArrowColumn[],
  ) => void
  readonly _arrowUnregister: (connection: unknown, name: string) => void
}

export interface EmbeddedEngineOptions {
  /** Folder of the store, there and writable. */
  readonly storeDir: string
  readonly maxMemoryBytes: number
}

/** Of lines that a question finds, their texts are read only of those that it gives: up to 1,001 (`query/logs/`). */
const readSetUp = [
  'SET max_execution_time = 20, query_plan_max_limit_for_lazy_materialization = 1100, readonly = 1',
]

const upkeepSetUp = [
  `SET ${Object.entries(upkeepSettings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')}`,
]

/**
 * Starts ClickHouse in this process on a folder. One process holds one folder at a time, and a folder is held by one
 * process at a time.
 * @throws {StoreOpenError} When the engine cannot be loaded or does not open the folder.
 */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<StoreEngine> {
  const chdb = await loadChdb()
  const configFile = await writeConfig(options)
  const dataDir = join(options.storeDir, 'clickhouse')
  const open: OpenSession = () =>
    new chdb.Session(dataDir, { connectionArgs: [`--config-file=${configFile}`] })
  const pools = {
    write: new SessionPool({ open, setUp: [], sessions: 1, waiting: 1000 }),
    upkeep: new SessionPool({ open, setUp: upkeepSetUp, sessions: 1, waiting: 100 }),
    read: new SessionPool({ open, setUp: readSetUp, sessions: 2, waiting: 200 }),
    people: new SessionPool({ open, setUp: peopleSetUp, sessions: 2, waiting: 8 }),
  }
  await tryOpening(pools.write, dataDir)
  // Whoever made a backup and was killed has left it here; the folder is ours from now on.
  await rm(backupsDirOf(options.storeDir), { recursive: true, force: true })
  return {
    write: clientOf(pools.write),
    upkeep: clientOf(pools.upkeep),
    read: clientOf(pools.read),
    people: clientOf(pools.people),
    isShared: false,
    insertColumns: (insert) => pools.write.lend((session) => insertArrow(chdb, session, insert)),
    close: async () => {
      await stopQuestions(pools.write, [pools.upkeep, pools.read, pools.people])
      await pools.write.close()
    },
  }
}

async function loadChdb(): Promise<Chdb> {
  try {
    // The module's own ESM entry leaves some names out; its default export is the whole module.
    const { default: chdb } = await import('chdb')
    // The typings leave out what begins with an underscore; the version of the package is pinned.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return chdb as Chdb
  } catch (cause) {
    throw new StoreOpenError(
      'STORE_ENGINE_MISSING',
      `Cannot load the embedded store: the package chdb does not run on ${process.platform}-${process.arch} here; install it with npm install chdb`,
      { cause },
    )
  }
}

/** Where the engine may write backups to and read them from. */
export function backupsDirOf(storeDir: string): string {
  return join(storeDir, 'backups')
}

async function writeConfig(options: EmbeddedEngineOptions): Promise<string> {
  const { storeDir, maxMemoryBytes } = options
  const configFile = join(storeDir, 'engine.xml')
  const usersFile = join(storeDir, 'users.xml')
  const userFilesDir = join(storeDir, 'no-files')
  await mkdir(userFilesDir, { recursive: true, mode: 0o700 })
  await writePrivate(usersFile, engineUsersXml(maxMemoryBytes))
  await writePrivate(
    configFile,
    engineConfigXml({
      userFilesDir,
      usersFile,
      backupsDir: backupsDirOf(storeDir),
      maxMemoryBytes,
    }),
  )
  return configFile
}

async function writePrivate(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 })
  await chmod(file, 0o600)
}

async function tryOpening(pool: SessionPool, dataDir: string): Promise<void> {
  try {
    await pool.lend((session) => session.run(['SELECT 1']))
  } catch (cause) {
    throw new StoreOpenError(
      'STORE_DAMAGED',
      `Cannot open the store in ${dataDir}: the engine does not take its files; if another server holds them, stop that one; if they are damaged, move the folder away to start with an empty one`,
      { cause },
    )
  }
}

/**
 * Ends the questions that run: a process does not exit before its last one is over. One that computes within a single
 * function cannot be ended; it is not waited for.
 */
async function stopQuestions(write: SessionPool, asked: readonly SessionPool[]): Promise<void> {
  const closed = Promise.all(asked.map((pool) => pool.close())).then(() => true)
  const deadlineMs = performance.now() + 1500
  let areClosed = false
  // Again and again, since a question may just be between two of its statements.
  while (!areClosed && performance.now() < deadlineMs) {
    await write.lend((session) => session.run(['KILL QUERY WHERE query_id != queryID() ASYNC']))
    areClosed = await Promise.race([closed, pause(50, false)])
  }
}

function clientOf(pool: SessionPool): ClickHouseClient {
  return createClient({ connection: connectEmbedded(pool) })
}

let insertCount = 0

/**
 * Hands columns over as Arrow arrays in place: nothing is copied, and nothing is parsed as text.
 * The engine reads them once, as the table function `arrowstream`, under a name of their own.
 */
async function insertArrow(chdb: Chdb, own: EngineSession, insert: ColumnInsert): Promise<void> {
  insertCount += 1
  const name = `insert_${insertCount}`
  // Arrow columns may always hold nulls, which these never do: without this, lists could not be made of them.
  const source = insert.columns.map((column) => `assumeNotNull(${column.name}) AS ${column.name}`)
  const statement = `INSERT INTO ${insert.table} (${insert.into.join(', ')})
    SELECT ${insert.select.join(', ')}
    FROM (SELECT ${source.join(', ')} FROM arrowstream('${name}'))`
  await own.use(async (connection) => {
    const handle = connection.connection
    const { _arrowRegisterColumns: register, _arrowUnregister: unregister } = chdb
    register(handle, name, insert.columns.map(toArrowColumn))
    try {
      await connection.queryAsync(statement)
    } finally {
      unregister(handle, name)
    }
  })
}
