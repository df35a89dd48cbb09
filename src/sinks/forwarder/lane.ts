import type { ForwarderSettings } from '../../component/forwarder-settings.ts'
import { Circuit, pauseMs } from './circuit.ts'
import type { Entry } from './entry.ts'
import type { Payload } from './forwarder.ts'

/** Each so many-th is the oldest that waits, so that it arrives too while new ones keep coming. */
const oldestEach = 5
/** A clock that was set back must not hold an entry up for longer. */
const longestWaitMs = 3_600_000

/** What of one route waits in memory, and how sending that goes. */
export class Lane {
  readonly route: string
  readonly priority: 'high' | 'normal'
  readonly order: 'newest-first' | 'oldest-first'
  /** Whether what waits may be written to disk. */
  readonly isStorable: boolean
  readonly circuit: Circuit
  onTheWay = 0
  /** Payloads that were taken since the start. */
  taken = 0
  readonly #backOff: ForwarderSettings['backOff']
  readonly #isInOrder: boolean
  /** The oldest first. */
  #waiting: Entry[] = []
  #turn = 0

  /**
   * @param like Whatever goes this way is like it.
   * @param isInOrder Whether none may be overtaken.
   */
  constructor(like: Payload, backOff: ForwarderSettings['backOff'], isInOrder = false) {
    this.route = like.route
    this.priority = like.priority ?? 'normal'
    this.order = like.order ?? 'newest-first'
    this.isStorable = this.priority === 'normal' && like.replacesOlder !== true
    this.#backOff = backOff
    this.#isInOrder = isInOrder
    this.circuit = new Circuit(backOff)
  }

  /** The oldest first. */
  get waiting(): readonly Entry[] {
    return this.#waiting
  }

  get oldest(): Entry | undefined {
    return this.#waiting[0]
  }

  get newest(): Entry | undefined {
    return this.#waiting.at(-1)
  }

  /** Puts it at the place of its age. */
  add(entry: Entry): void {
    let at = this.#waiting.length
    while (at > 0 && (this.#waiting[at - 1]?.sequence ?? 0) > entry.sequence) at -= 1
    if (at === this.#waiting.length) this.#waiting.push(entry)
    else this.#waiting.splice(at, 0, entry)
  }

  /**
   * The one to be sent next; it waits no more.
   * @param isProbe It shows whether a trouble is over: then it is one that was tried least often, so that none that is at
   * fault itself stands in the way of the others.
   */
  take(nowMs: number, isProbe: boolean): Entry | undefined {
    const at = this.#placeOfNext(nowMs, isProbe)
    if (at < 0) return undefined
    this.#turn += 1
    return this.#waiting.splice(at, 1)[0]
  }

  /** When there will be one that may be sent; `Infinity` when none waits. */
  nextReadyMs(nowMs: number): number {
    return this.#waiting.reduce(
      (next, entry) => Math.min(next, isReady(entry, nowMs) ? nowMs : entry.notBeforeMs),
      Infinity,
    )
  }

  /** It may be sent again later: after a pause of its own if others were taken since it failed before. */
  noteFailure(entry: Entry, isServerError: boolean, nowMs: number): void {
    entry.failures += 1
    if (isServerError) entry.serverErrors += 1
    const isAlone = entry.takenBefore !== undefined && entry.takenBefore < this.taken
    entry.takenBefore = this.taken
    if (!isAlone) return
    entry.failuresAlone += 1
    if (isServerError) entry.serverErrorsAlone += 1
    entry.notBeforeMs = nowMs + pauseMs(entry.failuresAlone, this.#backOff)
  }

  remove(entry: Entry): void {
    const at = this.#waiting.indexOf(entry)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  removeAll(): readonly Entry[] {
    return this.#waiting.splice(0)
  }

  #placeOfNext(nowMs: number, isProbe: boolean): number {
    if (this.#isInOrder) return this.#waiting.length > 0 ? 0 : -1
    return isProbe ? this.#leastTried(nowMs) : this.#inTurn(nowMs)
  }

  #inTurn(nowMs: number): number {
    const isTurnOfOldest = this.#turn % oldestEach === oldestEach - 1
    if (isTurnOfOldest || this.order === 'oldest-first')
      return this.#waiting.findIndex((entry) => isReady(entry, nowMs))
    return this.#waiting.findLastIndex((entry) => isReady(entry, nowMs))
  }

  /** Where the order matters, one makes room for the next only after it was answered that something went wrong. */
  #leastTried(nowMs: number): number {
    const isNewestFirst = this.order === 'newest-first'
    let best = -1
    let least = Infinity
    for (const [at, entry] of this.#waiting.entries()) {
      if (!isReady(entry, nowMs)) continue
      const tries = isNewestFirst ? entry.failures : entry.serverErrors
      if (tries > least || (tries === least && !isNewestFirst)) continue
      best = at
      least = tries
    }
    return best
  }
}

function isReady({ notBeforeMs }: Entry, nowMs: number): boolean {
  return notBeforeMs <= nowMs || notBeforeMs - nowMs > longestWaitMs
}
