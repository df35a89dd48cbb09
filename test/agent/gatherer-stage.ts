import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { LogDelivery, LogVerdict } from '../../src/component/log-delivery.ts'
import type { LogBlock, LogOrigin } from '../../src/model/log-block.ts'
import type { Gatherer, KeptState, OpenAccount } from '../../src/sources/logs/delivery/delivery.ts'
import { createGatherer } from '../../src/sources/logs/delivery/gatherer.ts'
import { Registry } from '../../src/sources/logs/delivery/registry/registry.ts'
import type { Entry, Place } from '../../src/sources/logs/entry.ts'
import { makeOrigin, messagesOf } from './log-blocks.ts'

const mib = 1024 * 1024

/** A block that was shipped, to be answered as the test likes. */
export interface Shipped {
  readonly lines: readonly string[]
  readonly origins: readonly LogOrigin[]
  /** Where its messages lie. */
  readonly memory: ArrayBufferLike
  readonly pack: (bytes: number) => void
  readonly settle: (verdict: LogVerdict) => void
  readonly abandon: () => void
}

/** Somebody who takes blocks and says nothing until told to. */
export class Receiver implements LogDelivery {
  readonly hasReceiver = true
  readonly shipped: Shipped[] = []
  /** Compressed size of each block that is packed at once; `undefined` to pack by hand. */
  packedBytes: number | undefined = 10

  ship(block: LogBlock): ReturnType<LogDelivery['ship']> {
    const packed = Promise.withResolvers<number>()
    const settled = Promise.withResolvers<LogVerdict>()
    this.shipped.push({
      lines: messagesOf(block),
      origins: block.runs.map(({ origin }) => origin),
      memory: block.messages.buffer,
      pack: packed.resolve,
      settle: settled.resolve,
      abandon: () => settled.reject(new Error('the agent stops')),
    })
    if (this.packedBytes !== undefined) packed.resolve(this.packedBytes)
    return { packed: packed.promise, settled: settled.promise }
  }

  at(index: number): Shipped {
    const shipped = this.shipped[index]
    assert.ok(shipped, `block ${index} was not shipped`)
    return shipped
  }
}

/** Of all lines, unless said otherwise. */
export const origin = makeOrigin()

/** A file of lines of ten bytes in which reading goes on by itself. */
export class ReadFile {
  readonly counts = { readLines: 0, handedLines: 0, droppedLines: 0, truncatedLines: 0 }
  readonly account: OpenAccount
  offset: number
  readonly #startedAt: number

  /** @param from Where reading begins: where the pointer is, unless said otherwise. */
  constructor(gatherer: Gatherer, name: string, from: Place = placeOf(gatherer.keptOf(name))) {
    this.offset = from.offset
    this.#startedAt = this.offset
    this.account = gatherer.open({
      name,
      way: 'file',
      counts: this.counts,
      at: () => ({ fileId: 7n, offset: this.offset }),
      standing: () => ({
        readBytes: this.offset - this.#startedAt,
        lostBytes: 0,
        rotations: 0,
      }),
    })
    this.account.setOrigin(origin)
    this.account.begin(from)
  }

  read(...lines: readonly string[]): void {
    for (const line of lines) {
      this.counts.readLines += 1
      this.counts.handedLines += 1
      this.account.hand(entryOf(line, this.offset), 3, '')
      this.offset += 10
    }
  }

  /** A line that a rule leaves out. */
  drop(): void {
    this.counts.readLines += 1
    this.counts.droppedLines += 1
    this.offset += 10
    this.account.noteProgress()
  }
}

function placeOf(kept: KeptState | undefined): Place {
  return { fileId: 7n, offset: kept !== undefined && 'offset' in kept.at ? kept.at.offset : 0 }
}

function entryOf(line: string, position: number): Entry {
  const bytes = Buffer.from(line)
  return {
    bytes,
    start: 0,
    end: bytes.length,
    timeNs: 1n,
    output: 1,
    fileId: 7n,
    position,
    cut: 'none',
  }
}

/** A gatherer between its files and a receiver. */
export interface Stage {
  readonly receiver: Receiver
  readonly registry: Registry
  readonly gatherer: Gatherer
  /** Closes the open block, if it may. */
  readonly wait: () => void
  /** Where the pointer of a file is, `undefined` without one. */
  readonly pointer: (name?: string) => number | undefined
}

/** The account of most tests. */
export const name = 'file:/a.log'

/** With a clock that stands still, and the pointer file in `folder`, or in memory. */
export async function setUp(
  t: TestContext,
  { folder = '', inFlightBytes = 32 * mib }: { folder?: string; inFlightBytes?: number } = {},
): Promise<Stage> {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const receiver = new Receiver()
  const registry = await Registry.open({
    folder,
    ttlMs: 3_600_000,
    clock: Date.now,
    onFault: assert.fail,
    warn: assert.fail,
  })
  const gatherer = createGatherer({
    delivery: receiver,
    registry,
    settings: { batchWaitMs: 5000, inFlightBytes },
    host: 'box-1',
  })
  return {
    receiver,
    registry,
    gatherer,
    wait: () => t.mock.timers.tick(200),
    pointer(of = name) {
      const at = gatherer.keptOf(of)?.at
      return at !== undefined && 'offset' in at ? at.offset : undefined
    },
  }
}
