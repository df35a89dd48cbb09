import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'

/**
 * One column of an insert, all columns of one length. Most whole numbers travel as 64-bit, whatever the table's own type:
 * the insert's `select` turns them into it. Its memory must not change until the insert is over.
 */
export type InsertColumn =
  | { readonly name: string; readonly type: 'Int64'; readonly data: BigInt64Array }
  | { readonly name: string; readonly type: 'UInt64'; readonly data: BigUint64Array }
  | { readonly name: string; readonly type: 'UInt8'; readonly data: Uint8Array }
  | { readonly name: string; readonly type: 'UInt32'; readonly data: Uint32Array }
  | { readonly name: string; readonly type: 'Float64'; readonly data: Float64Array }
  | { readonly name: string; readonly type: 'String'; readonly data: readonly string[] }
  | BytesColumn

/** Texts as the bytes they are, one after the other. */
export interface BytesColumn {
  readonly name: string
  readonly type: 'Bytes'
  readonly data: Uint8Array
  /** Where each text begins, and after the last where it ends: one more than there are texts, the first is 0. */
  readonly offsets: Int32Array
}

/** Rows for one table, as columns; they go over in binary, never as text. */
export interface ColumnInsert {
  /** With its database: `vigie.points_1s`. */
  readonly table: string
  /** The columns of the table that are filled. */
  readonly into: readonly string[]
  readonly columns: readonly InsertColumn[]
  /** One expression over `columns` for each name of `into`. */
  readonly select: readonly string[]
  /**
   * Gives the memory of the columns back, once the insert is over for good: left to the garbage collector, it would make
   * that look through all that lives each time it has added up to 64 MB.
   */
  readonly free?: () => void
}

/**
 * The ClickHouse that holds the data, embedded or remote. The clients reach the same data with different rights: `write`
 * may change the tables, `upkeep` as well, for long statements that nobody waits for (`upkeepSettings`), `read` runs our
 * own questions, `people` runs questions that others wrote.
 */
export interface StoreEngine {
  readonly write: ClickHouseClient
  readonly upkeep: ClickHouseClient
  readonly read: ClickHouseClient
  readonly people: ClickHouseClient
  /** Other servers may use the same tables at the same time: then what only one of them has to do asks `openLeadership`. */
  readonly isShared: boolean
  /**
   * Resolves once the engine holds the rows.
   * @throws {Error} The engine's own; the rows may then be there or not.
   */
  readonly insertColumns: (insert: ColumnInsert) => Promise<void>
  /** Waits for the statements that run, then lets go of the data folder. */
  readonly close: () => Promise<void>
}

/**
 * Settings of the connections of `upkeep`: one thread, and memory that does not grow with the rows that are read. Numbers
 * of 64 bits are texts for the client.
 */
export const upkeepSettings = {
  max_threads: 1,
  optimize_aggregation_in_order: 1,
  max_block_size: '16384',
  aggregation_in_order_max_block_bytes: '8388608',
  min_insert_block_size_rows: '262144',
  min_insert_block_size_bytes: '33554432',
} as const satisfies ClickHouseSettings
