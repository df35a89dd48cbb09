import type { ClickHouseClient } from '@clickhouse/client'
import { prepareStoreDir } from './data-folder.ts'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'
import { openLogKeeper } from './log-keeper.ts'
import { LogNews } from './log-news.ts'
import { applyRetention, migrate } from './migrate.ts'
import { readRecentContainers } from './recent-containers.ts'
import type { Retention } from './retention.ts'
import { SeriesRegistry } from './series-registry.ts'
import { StoreOpenError } from './store-errors.ts'
import type { ContainerRecord, StoreWriter } from './store.ts'
import type { Log } from '../telemetry/log.ts'
import { BatchWriter, type WriterStats } from './writer.ts'

export interface StoreOptions {
  /** The store takes the folder `store` in it. */
  readonly dataDir: string
  /** What the engine may take at most. */
  readonly maxMemoryBytes: number
  readonly retention: Retention
  /** Bytes of rows that may wait to be written. */
  readonly queueBytes: number
  /** Series that may be in use at the same time. */
  readonly maxSeries: number
  /** Bytes of messages that are kept of one container. */
  readonly logBudgetBytes: number
  readonly log?: Log
  /** The longest rest between two groups of inserts, 500 unless told otherwise. */
  readonly restMs?: number
}

/** How the store does. */
export interface StoreStats extends WriterStats {
  readonly seriesInUse: number
  /** Series that found no room, each time they came. */
  readonly refusedPoints: number
}

export interface Store extends StoreWriter {
  /** Gives each series its stored form, which points to write refer to. */
  readonly series: SeriesRegistry
  /** Tells when lines of logs were stored. */
  readonly logNews: Pick<LogNews, 'takenMs' | 'follow'>
  /** Runs our own questions; cannot write. */
  readonly read: ClickHouseClient
  /** Runs questions that people wrote, within `peopleLimits`; `query/people-sql.ts` guards it. */
  readonly people: ClickHouseClient
  /** The newest state of every container that was not removed more than an hour ago. */
  readonly recentContainers: () => Promise<readonly ContainerRecord[]>
  readonly stats: () => StoreStats
  /** Pieces of tables that could not be read at the start and were set aside; their rows are missing. */
  readonly damagedParts: number
  /** Writes what waits, then lets go of the data folder. */
  readonly close: () => Promise<void>
}

const removedShownMs = 3_600_000

/**
 * Opens the store in a data folder, making or migrating it where needed. A process opens one store at a time.
 * @throws {StoreOpenError} When the folder cannot be written, is held by another server, or cannot be read.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const storeDir = await prepareStoreDir(options.dataDir)
  const engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: options.maxMemoryBytes })
  try {
    await migrate(engine.write)
    await applyRetention(engine.write, options.retention)
    const damagedParts = await countDamagedParts(engine)
    return await assemble(engine, options, damagedParts)
  } catch (cause) {
    await engine.close()
    if (cause instanceof StoreOpenError) throw cause
    throw new StoreOpenError(
      'STORE_DAMAGED',
      `Cannot open the store in ${storeDir}: its tables cannot be read; move the folder away to start with an empty one`,
      { cause },
    )
  }
}

async function countDamagedParts(engine: StoreEngine): Promise<number> {
  const answer = await engine.write.query({
    query: `SELECT toUInt32(count()) AS parts FROM system.detached_parts
      WHERE database = 'vigie' AND startsWith(reason, 'broken')`,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ parts: number }>()
  return row?.parts ?? 0
}

/** When the newest lines in the table were stored, Unix milliseconds; 0 when there are none. */
async function newestTakenMs(engine: StoreEngine): Promise<number> {
  const answer = await engine.write.query({
    query: 'SELECT toFloat64(toUnixTimestamp64Milli(max(taken))) AS newest FROM vigie.log_lines',
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ newest: number }>()
  return row?.newest ?? 0
}

async function assemble(
  engine: StoreEngine,
  options: StoreOptions,
  damagedParts: number,
): Promise<Store> {
  const series = new SeriesRegistry(options.maxSeries)
  const logNews = new LogNews(await newestTakenMs(engine))
  const writer = new BatchWriter({
    insertColumns: engine.insertColumns,
    queueBytes: options.queueBytes,
    retention: options.retention,
    logNews,
    ...(options.restMs !== undefined && { restMs: options.restMs }),
  })
  const keeper = await openLogKeeper({
    engine,
    budgetBytes: options.logBudgetBytes,
    writtenBytes: () => writer.stats().writtenLineBytes,
    log: options.log,
  })
  return {
    series,
    logNews,
    read: engine.read,
    people: engine.people,
    damagedParts,
    write: (batch) => writer.write(batch),
    recentContainers: () => readRecentContainers(engine.read, Date.now() - removedShownMs),
    stats: () => ({
      ...writer.stats(),
      seriesInUse: series.size,
      refusedPoints: series.refused,
    }),
    close: async () => {
      await keeper.close()
      await writer.close()
      await engine.close()
    },
  }
}
