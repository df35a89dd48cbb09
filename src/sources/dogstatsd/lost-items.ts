import type { CounterName, Counters } from './counters.ts'

/** What counts as lost, under the reasons that the agent tells; what the configuration refuses is not. */
const lossReasons: readonly (readonly [reason: string, counter: CounterName])[] = [
  ['contexts_full', 'dropped.contexts_full'],
  ['set_members_full', 'dropped.set_members_full'],
  ['bins_full', 'dropped.bins_full'],
  ['happenings_full', 'dropped.happenings_full'],
  ['connections_full', 'dropped.connections_full'],
  ['timed_type', 'dropped.timed_type'],
  ['udp_kernel', 'udp.kernel_drops'],
  ['truncated', 'packets.truncated'],
  ['bad_metric', 'bad.metric'],
  ['bad_event', 'bad.event'],
  ['bad_service_check', 'bad.service_check'],
  ['bad_frame', 'bad.frame'],
  ['unterminated', 'bad.unterminated'],
]

/** Losses of one reason. */
export interface Loss {
  readonly reason: string
  /** Since the receiver was opened. */
  readonly total: number
  /** Since the call before. */
  readonly added: number
}

/** Reads from the counters what was lost, and how much of it is new. */
export class LostItems {
  readonly #counters: Counters
  readonly #before = new Map<string, number>()
  readonly #ownTotals = new Map<string, number>()

  constructor(counters: Counters) {
    this.#counters = counters
  }

  /** Notes what was lost behind the receiver. */
  add(reason: string, count: number): void {
    this.#ownTotals.set(reason, (this.#ownTotals.get(reason) ?? 0) + count)
  }

  /** Every reason for which something was lost. */
  take(): readonly Loss[] {
    const received = lossReasons.map(([reason, counter]) => {
      return [reason, this.#counters.get(counter)] as const
    })
    return [...received, ...this.#ownTotals].flatMap(([reason, total]) => {
      if (total === 0) return []
      const added = total - (this.#before.get(reason) ?? 0)
      this.#before.set(reason, total)
      return [{ reason, total, added }]
    })
  }
}
