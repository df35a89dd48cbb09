import type { LogDelivery, LogVerdict } from '../../../component/log-delivery.ts'
import type { LogsSettings } from '../../../component/logs-settings.ts'
import type { LogLedger } from '../../../model/log-ledger.ts'
import { BlockWriter } from '../../../wire/logs/block-writer.ts'
import { Account, type Step } from './account.ts'
import type { Gatherer, KeptState, OpenAccount, OriginAccount } from './delivery.ts'
import { Flight } from './flight.ts'
import type { Registry } from './registry/registry.ts'

export interface GathererOptions {
  readonly delivery: LogDelivery
  readonly registry: Registry
  readonly settings: Pick<LogsSettings, 'batchWaitMs' | 'inFlightBytes'>
  /** Stands in the ledger of an account whose origin is not known yet. */
  readonly host: string
}

/** What the memory of a block holds without growing. */
const blockMemory = { messageBytes: 1024 * 1024, lines: 14_000 }

/** A block closes when it has so much; the rest of what is just being read finds room beyond it. */
const fullBlock = { messageBytes: 896 * 1024, lines: 12_500 }

/**
 * Longest wait of a line for others. A page should show it within two seconds, of which the server's own gathering takes
 * half a one; five blocks a second cost next to nothing.
 */
const longestWaitMs = 200

/**
 * So many pointers are secured at once when a block is settled, so that less comes twice after a kill; more of them when the
 * next block is shipped. Each costs some 5 µs.
 */
const mostAtOnce = 16

/** Makes blocks of the lines of all origins and ships them; `registry` is closed with it. */
export function createGatherer(options: GathererOptions): Gatherer {
  return new BlockGatherer(options)
}

class BlockGatherer implements Gatherer {
  readonly #options: GathererOptions
  readonly #waitMs: number
  readonly #writer = new BlockWriter(blockMemory)
  readonly #flight: Flight
  readonly #accounts = new Set<Account>()
  /** Closed since the last ledgers, or not yet settled. */
  readonly #closed = new Map<Account, Closing>()
  #touched: Account[] = []
  #timer: NodeJS.Timeout | undefined
  /** The open block should close, and does as soon as it may. */
  #isDue = false
  #isClosed = false
  #room: PromiseWithResolvers<void> | undefined
  #change: PromiseWithResolvers<void> | undefined

  constructor(options: GathererOptions) {
    this.#options = options
    this.#waitMs = Math.min(options.settings.batchWaitMs, longestWaitMs)
    this.#flight = new Flight(options.settings.inFlightBytes, () => this.#noteChange())
  }

  open(of: OriginAccount): OpenAccount {
    const { registry, host } = this.#options
    const account = new Account(of, registry.get(of.name), host)
    registry.use(of.name)
    this.#accounts.add(account)
    return {
      setOrigin(origin) {
        account.origin = origin
      },
      begin: (place) => account.begin(place),
      hand: (entry, level, attributes) => {
        if (this.#isClosed) return
        this.#writer.begin(account.origin, entry.fileId)
        this.#writer.append(entry, level, attributes)
        account.openLines += 1
        account.openBytes += entry.end - entry.start
        if (!account.isTouched) this.#touch(account)
        if (!this.#isDue && this.#isBlockFull()) this.#closeAfterThis()
      },
      noteProgress: () => {
        if (!account.isTouched && !this.#isClosed) this.#touch(account)
      },
      close: (pointer = 'keep') => this.#closeAccount(account, pointer),
    }
  }

  keptOf(name: string): KeptState | undefined {
    return this.#options.registry.get(name)
  }

  room(): Promise<void> | undefined {
    this.#closeBlock()
    if (this.#hasRoom()) return undefined
    this.#room ??= Promise.withResolvers()
    return this.#room.promise
  }

  ledgers(timeMs: number): readonly LogLedger[] {
    const all = [...this.#accounts, ...this.#closed.keys()]
    for (const [account, { isOver }] of this.#closed) if (isOver) this.#closed.delete(account)
    return all.map((account) => account.ledger(timeMs))
  }

  async close(signal: AbortSignal): Promise<void> {
    this.#isClosed = true
    this.#isDue = true
    this.#noteChange()
    const aborted = Promise.withResolvers<void>()
    const onAbort = (): void => aborted.resolve()
    signal.addEventListener('abort', onAbort, { once: true })
    while (!signal.aborted && !(this.#touched.length === 0 && this.#flight.isEmpty)) {
      this.#change = Promise.withResolvers()
      await Promise.race([this.#change.promise, aborted.promise])
    }
    signal.removeEventListener('abort', onAbort)
    clearTimeout(this.#timer)
    this.#room?.resolve()
    for (const { over } of this.#closed.values()) over.resolve()
    await this.#options.registry.close()
  }

  #touch(account: Account): void {
    account.isTouched = true
    this.#touched.push(account)
    this.#timer ??= setTimeout(() => {
      this.#isDue = true
      this.#closeBlock()
    }, this.#waitMs)
  }

  /** Whoever hands lines over is in the middle of its bytes: where it stands is known once it is done with them. */
  #closeAfterThis(): void {
    this.#isDue = true
    queueMicrotask(() => this.#noteChange())
  }

  /** Ships what is there, if it may; else that is tried again at each change. */
  #closeBlock(): void {
    const hasLines = this.#writer.lineCount > 0
    if (!this.#isDue || (hasLines && !this.#flight.maySend)) return
    this.#isDue = false
    clearTimeout(this.#timer)
    this.#timer = undefined
    const steps = this.#touched.map((account) => account.takeStep())
    this.#touched = []
    for (const { account } of steps) {
      account.advance()
      this.#options.registry.put(account.kept)
    }
    if (hasLines) this.#ship(steps)
    for (const { account } of steps) this.#endIfSettled(account)
  }

  #ship(steps: readonly Step[]): void {
    // Whoever is killed from here on must know afterwards that this was shipped.
    this.#options.registry.secure()
    const block = this.#writer.take()
    this.#flight.add(this.#options.delivery.ship(block), {
      packed: () => this.#writer.reuse(block),
      verdict: (verdict: LogVerdict) => {
        for (const step of steps) step.verdict ??= verdict
        this.#advance(steps)
      },
    })
  }

  #advance(steps: readonly Step[]): void {
    const { registry } = this.#options
    for (const { account } of steps) if (account.advance()) registry.put(account.kept)
    if (steps.length <= mostAtOnce) registry.secure()
    for (const { account } of steps) this.#endIfSettled(account)
  }

  #noteChange(): void {
    this.#closeBlock()
    if (this.#hasRoom()) {
      this.#room?.resolve()
      this.#room = undefined
    }
    this.#change?.resolve()
  }

  #hasRoom(): boolean {
    return !this.#flight.isFull && !this.#isBlockFull()
  }

  #isBlockFull(): boolean {
    const writer = this.#writer
    return (
      writer.messageBytes >= fullBlock.messageBytes ||
      writer.lineCount >= fullBlock.lines ||
      writer.isFull
    )
  }

  #closeAccount(account: Account, pointer: Closing['pointer']): Promise<void> {
    this.#accounts.delete(account)
    const closing = { pointer, over: Promise.withResolvers<void>(), isOver: false }
    this.#closed.set(account, closing)
    if (this.#isClosed) closing.over.resolve()
    else if (!account.isTouched) this.#touch(account)
    return closing.over.promise
  }

  #endIfSettled(account: Account): void {
    const closing = this.#closed.get(account)
    if (closing === undefined || closing.isOver || !account.isSettled) return
    closing.isOver = true
    closing.over.resolve()
    for (const { name } of this.#accounts) if (name === account.name) return
    const { registry } = this.#options
    if (closing.pointer === 'forget') registry.remove(account.name)
    else registry.release(account.name)
  }
}

interface Closing {
  readonly pointer: 'keep' | 'forget'
  readonly over: PromiseWithResolvers<void>
  isOver: boolean
}
