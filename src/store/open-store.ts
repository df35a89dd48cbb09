import type { ClickHouseClient } from '@clickhouse/client'
import type { StoreEngine } from './engine.ts'
import { openLogKeeper } from './log-keeper.ts'
import { LogNews } from './log-news.ts'
import { applyRetention, migrate } from './migrate.ts'
import type { StoreChores } from './open-chores.ts'
import { openEngine } from './open-engine.ts'
import { readRecentContainers } from './recent-containers.ts'
import { openLeadership } from './remote/leadership.ts'
import { withMigrationLock } from './remote/migration-lock.ts'
import type { RemoteOptions } from './remote/remote-options.ts'
import type { Retention } from './retention.ts'
import { LateMarks } from './rollups/late-marks.ts'
import type { SketchTierStates, TierStates } from './rollups/point-tiers.ts'
import { TierBook, type DroppedForSpace } from './rollups/tier-book.ts'
import { SeriesRegistry } from './series-registry.ts'
import type { ContainerRecord, StoreWriter } from './store.ts'
import type { Log } from '../telemetry/log.ts'
import { openUpkeep } from './upkeep.ts'
import { BatchWriter, type WriterStats } from './writer.ts'

export interface StoreOptions {
  /** The store takes the folder `store` in it. */
  readonly dataDir: string
  /** A ClickHouse that is not ours: then the data folder is left alone, and `maxMemoryBytes` is not for us to say. */
  readonly remote?: RemoteOptions
  /** What the engine may take at most. */
  readonly maxMemoryBytes: number
  readonly retention: Retention
  /** Bytes of rows that may wait to be written. */
  readonly queueBytes: number
  /** Series that may be in use at the same time. */
  readonly maxSeries: number
  /** Bytes of messages that are kept of one container. */
  readonly logBudgetBytes: number
  /** What the tables may take on disk; 0 or absent for no limit but the disk's. */
  readonly maxBytes?: number
  readonly log?: Log
  /** The longest rest between two groups of inserts, 500 unless told otherwise. */
  readonly restMs?: number
  /** Unix milliseconds, for what is rolled up, kept and dropped; `Date.now` unless told otherwise. */
  readonly clock?: () => number
}

/** How the store does. */
export interface StoreStats extends WriterStats {
  readonly seriesInUse: number
  /** Series that found no room, each time they came. */
  readonly refusedPoints: number
  /** What the tables take on disk, as it was looked at last. */
  readonly bytesOnDisk: number
  /** What had to go before its time because of `maxBytes`; undefined when nothing had. */
  readonly droppedForSpace: DroppedForSpace | undefined
  /** Hours of points that came late and are not rolled up yet. */
  readonly lateHours: number
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
  /** What each table of points holds now, finest first; from memory. */
  readonly tiers: () => TierStates
  /** The same of distributions. */
  readonly sketchTiers: () => SketchTierStates
  /** Rolls up at once what is due, late points too, in place of within the next minutes. */
  readonly rollUp: () => Promise<void>
  readonly stats: () => StoreStats
  /** Pieces of tables that could not be read at the start and were set aside; their rows are missing. */
  readonly damagedParts: number
  /** Absent for a ClickHouse that is not ours. */
  readonly chores?: StoreChores
  /** Writes what waits, then lets go of the data folder. */
  readonly close: () => Promise<void>
}

const removedShownMs = 3_600_000

/**
 * Opens the store in a data folder or on a ClickHouse elsewhere, making or migrating it where needed. A process opens one
 * store in a folder at a time.
 * @throws {StoreOpenError} When the folder cannot be written, is held by another server, or cannot be read; when the
 * ClickHouse elsewhere cannot be used.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { retention, log } = options
  const { engine, explainFault, chores } = await openEngine(options)
  try {
    const prepareTables = async (): Promise<void> => {
      await migrate(engine.write)
      await applyRetention(engine.write, retention)
    }
    await withMigrationLock(engine, prepareTables, { log })
    const damagedParts = await countDamagedParts(engine)
    const store = await assemble(engine, options, damagedParts)
    return { ...store, ...(chores !== undefined && { chores }) }
  } catch (cause) {
    await engine.close()
    throw explainFault(cause)
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
  const { retention, clock = Date.now, maxBytes = 0, log } = options
  const book = new TierBook({ client: engine.upkeep, retention, clock })
  const late = new LateMarks()
  const writer = new BatchWriter({
    insertColumns: engine.insertColumns,
    queueBytes: options.queueBytes,
    keptFromMs: (table) => book.keptFromMs(table),
    late,
    logNews,
    clock,
    ...(options.restMs !== undefined && { restMs: options.restMs }),
  })
  const leadership = await openLeadership(engine, { log })
  const settled = (): Promise<void> => writer.settled()
  const tiers = { book, late, maxBytes, clock }
  const upkeep = await openUpkeep({ ...tiers, engine, leadership, settled, log })
  const keeper = await openLogKeeper({
    engine,
    leadership,
    budgetBytes: options.logBudgetBytes,
    writtenBytes: () => writer.stats().writtenLineBytes,
    log,
  })
  return {
    series,
    logNews,
    read: engine.read,
    people: engine.people,
    damagedParts,
    write: (batch) => writer.write(batch),
    recentContainers: () => readRecentContainers(engine.read, Date.now() - removedShownMs),
    tiers: () => book.pointStates(),
    sketchTiers: () => book.sketchStates(),
    rollUp: upkeep.rollUp,
    stats: () => ({
      ...writer.stats(),
      seriesInUse: series.size,
      refusedPoints: series.refused,
      bytesOnDisk: upkeep.bytesOnDisk(),
      droppedForSpace: book.droppedForSpace,
      lateHours: upkeep.lateHours(),
    }),
    close: async () => {
      const stopped = upkeep.stop()
      await keeper.close()
      await leadership.close()
      await writer.close()
      await engine.close()
      await stopped
    },
  }
}
