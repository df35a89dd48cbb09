import type { LogBlock } from '../model/log-block.ts'

/** What became of a block: stored, or refused for good by whoever it was sent to. */
export type LogVerdict = 'stored' | 'refused'

/** A block on its way. */
export interface LogShipment {
  /** Resolves once nothing refers to the block's memory any more, with the bytes that go over the wire. Never rejects. */
  readonly packed: Promise<number>
  /**
   * Resolves once the last receiver has stored it or refused it for good; until then it is sent again and again.
   * Rejects only when the agent stops: then it must be read again after the next start.
   */
  readonly settled: Promise<LogVerdict>
}

/** Takes log lines to those that keep them, at least once. Nothing is ever dropped on the way. */
export interface LogDelivery {
  /** Whether anybody takes logs; what is sent to nobody would be lost. */
  readonly hasReceiver: boolean
  readonly ship: (block: LogBlock) => LogShipment
}
