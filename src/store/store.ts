import type { ContainerTotals } from '../model/container-totals.ts'
import type { Container } from '../model/container.ts'
import type { Event } from '../model/event.ts'
import type { LogBlock } from '../model/log-block.ts'
import type { LogLedger } from '../model/log-ledger.ts'
import type { SeriesKind } from '../model/series.ts'
import type { ServiceCheck } from '../model/service-check.ts'
import type { SketchValues } from '../model/sketch/merge-sketches.ts'

/** A distribution has sketches, every other kind points. */
export type StoredKind = SeriesKind | 'distribution'

/** A series as the store knows it. The id follows from the identity: every server gives it the same one. */
export interface StoredSeries {
  readonly id: bigint
  readonly metric: string
  readonly kind: StoredKind
  readonly host: string
  /** Sorted, without duplicates. */
  readonly tags: readonly string[]
  readonly intervalS: number
  /** The note of the writer that put this description into the table `series` last. */
  described?: SeriesNote | undefined
}

/** Which writer put the description of series into its table, and when; one for all that it wrote at once. */
export interface SeriesNote {
  readonly by: object
  /** Unix milliseconds. */
  readonly atMs: number
}

/** Points as columns: the n-th of each belong together. */
export interface PointColumns {
  readonly series: readonly StoredSeries[]
  /** Unix milliseconds. */
  readonly timesMs: Float64Array
  readonly values: Float64Array
}

/** The values of a distribution in one interval. */
export interface SketchRecord extends SketchValues {
  readonly series: StoredSeries
  /** Start of the interval, Unix milliseconds. */
  readonly timeMs: number
}

/** The state of a container at one moment, with the host it is on. */
export interface ContainerRecord {
  readonly host: string
  readonly timeMs: number
  readonly container: Container
}

export interface StoreBatch {
  readonly points?: PointColumns
  readonly sketches?: readonly SketchRecord[]
  readonly events?: readonly Event[]
  readonly serviceChecks?: readonly ServiceCheck[]
  readonly containers?: readonly ContainerRecord[]
  readonly runs?: readonly ContainerTotals[]
  readonly logs?: readonly LogBlock[]
  readonly ledgers?: readonly LogLedger[]
}

/** The rows are not written because too many are waiting already: try again later. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError'
  readonly code = 'STORE_BUSY'
}

/** What intake needs of the store. */
export interface StoreWriter {
  /**
   * Queues the rows and resolves once the engine holds them: only then may the sender be told so.
   * Batches that wait at the same time are written together.
   * @throws {StoreBusyError} When the queue is full (`vigie.store.queue_bytes`).
   */
  readonly write: (batch: StoreBatch) => Promise<void>
}
