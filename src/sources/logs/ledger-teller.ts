import type { Batch } from '../../model/item.ts'
import type { LogLedger } from '../../model/log-ledger.ts'
import type { Gatherer } from './delivery/delivery.ts'
import { LedgerMetrics } from './delivery/ledger-metrics.ts'

/** A ledger that has changed is told after so long, one that has not after so long: the server may have been away. */
const changedEveryMs = 2000
const allEveryMs = 60_000

/** Tells the ledgers of all origins, those that change often, the others now and then, and the metrics that follow from them. */
export class LedgerTeller {
  readonly #gatherer: Pick<Gatherer, 'ledgers'>
  readonly #metrics: LedgerMetrics
  /** Those that were taken since the metrics were told: an origin may be over by then. */
  readonly #taken = new Map<string, LogLedger>()
  #told = new Map<string, LogLedger>()
  #nextMs = 0
  #nextAllMs = 0

  /** @param tagsOf Tags of the container of a ledger, or of what is no container; the same list while they are the same. */
  constructor(
    gatherer: Pick<Gatherer, 'ledgers'>,
    tagsOf: (ledger: LogLedger) => readonly string[],
  ) {
    this.#gatherer = gatherer
    this.#metrics = new LedgerMetrics(tagsOf)
  }

  /** What is to be told at `timeMs`; empty when nothing is due. */
  take(timeMs: number): Batch {
    if (timeMs < this.#nextMs) return []
    this.#nextMs = timeMs + changedEveryMs
    const ledgers = this.takeAll(timeMs)
    if (!this.#metrics.isDue(timeMs)) return ledgers
    const points = this.#metrics.next(timeMs, [...this.#taken.values()])
    this.#taken.clear()
    return [...ledgers, ...points]
  }

  /** The ledgers that have changed, due or not. */
  takeAll(timeMs: number): readonly LogLedger[] {
    const isAllDue = timeMs >= this.#nextAllMs
    if (isAllDue) this.#nextAllMs = timeMs + allEveryMs
    const before = this.#told
    this.#told = new Map()
    return this.#gatherer.ledgers(timeMs).filter((ledger) => {
      const key = `${ledger.way} ${ledger.name}`
      this.#told.set(key, ledger)
      this.#taken.set(key, ledger)
      return isAllDue || !isSame(before.get(key), ledger)
    })
  }
}

/** Whether two ledgers differ in nothing but their time. */
function isSame(before: LogLedger | undefined, now: LogLedger): boolean {
  if (before === undefined) return false
  let key: keyof LogLedger
  for (key in now) if (key !== 'timeMs' && before[key] !== now[key]) return false
  return true
}
