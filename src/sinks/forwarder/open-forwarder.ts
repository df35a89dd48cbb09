import { Exchange } from './disk/exchange.ts'
import { Spool } from './disk/spool.ts'
import { Dispatcher } from './dispatcher.ts'
import { makeEntry, type Entry } from './entry.ts'
import type {
  Destination,
  FinalVerdict,
  Forwarder,
  ForwarderContext,
  Payload,
} from './forwarder.ts'
import type { Retry } from './judge-answer.ts'
import type { Lane } from './lane.ts'
import { Memory } from './memory.ts'

/** So many faults of the destination, each after it had taken others of the same route, are the payload's own. */
const poisonedAfter = 12

/** Opens the way of payloads to one destination, within the bounds of the settings. */
export function openForwarder(destination: Destination, context: ForwarderContext): Forwarder {
  return new BoundedForwarder(destination, context)
}

class BoundedForwarder implements Forwarder {
  readonly #destination: Destination
  readonly #context: ForwarderContext
  readonly #dispatcher: Dispatcher
  readonly #memory = new Memory()
  readonly #unwatch: () => void
  /** Absent where nothing is to be kept on disk. */
  readonly #spool: Spool | undefined
  readonly #exchange: Exchange | undefined
  #sequence = 0

  constructor(destination: Destination, context: ForwarderContext) {
    const { settings, telemetry } = context
    this.#destination = destination
    this.#context = context
    const dispatcher = new Dispatcher(destination, context, {
      onVerdict: (entry, verdict) => this.#settle(entry, verdict),
      shouldRetry: (entry, retry) => this.#shouldRetry(entry, retry),
      isHeldBack: (lane) => this.#exchange?.isHeldBack(lane) ?? false,
      onChange: () => this.#exchange?.check(),
    })
    this.#dispatcher = dispatcher
    if (settings.disk.maxBytes > 0 && settings.disk.folder !== '') {
      const spool = new Spool(destination, context, dispatcher.endpoint)
      this.#spool = spool
      this.#exchange = new Exchange({ dispatcher, memory: this.#memory, spool, context })
    }
    this.#unwatch = telemetry.watchEndpoint(() =>
      dispatcher.endpoint.describe({
        waiting: this.#memory.count + (this.#spool?.index.unread ?? 0),
        memoryBytes: this.#memory.bytes,
        diskBytes: this.#spool?.index.sizeBytes ?? 0,
      }),
    )
  }

  push(payload: Payload): void {
    const nowMs = this.#context.clock()
    this.#sequence = Math.max(this.#sequence + 1, nowMs * 1000)
    const entry = makeEntry(payload, this.#sequence, nowMs)
    const lane = this.#dispatcher.laneOf(payload)
    if (payload.replacesOlder === true)
      for (const older of lane.removeAll()) this.#memory.remove(older)
    this.#memory.add(entry)
    lane.add(entry)
    this.#dispatcher.pump()
    this.#makeRoom(entry)
  }

  async finish(): Promise<void> {
    await this.#untilDelivered()
    await this.#dispatcher.settled()
    await this.#exchange?.finish()
    this.#dispatcher.close()
    this.#countUndelivered()
    this.#unwatch()
  }

  /** Or until the deadline. */
  async #untilDelivered(): Promise<void> {
    const { deadline } = this.#context
    if (this.#memory.count === 0 || deadline.aborted) return
    await new Promise<void>((resolve) => {
      this.#memory.onEmpty = resolve
      deadline.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  #settle(entry: Entry, verdict: FinalVerdict): void {
    this.#memory.remove(entry)
    this.#spool?.settle(entry)
    if (verdict.kind === 'taken') return
    const { status, reason } = verdict
    const { route, count } = entry.payload
    this.#dispatcher.endpoint.countDropped(`refused_${status}`, count)
    this.#context.telemetry.log.error(
      { route, status, items: count },
      `${this.#destination.name} refused a payload for good: ${reason.slice(0, 300)}`,
    )
  }

  #shouldRetry(entry: Entry, retry: Retry): boolean {
    const { payload } = entry
    const isOutdone =
      payload.replacesOlder === true && this.#dispatcher.laneOf(payload).waiting.length > 0
    if (!isOutdone && entry.serverErrorsAlone < poisonedAfter) return true
    this.#memory.remove(entry)
    if (!isOutdone) void this.#giveUp(entry, retry)
    return false
  }

  async #giveUp(entry: Entry, retry: Retry): Promise<void> {
    const { route, count } = entry.payload
    const path = await this.#exchange?.setAside(entry, retry)
    const what = `a payload of ${route} that ${this.#destination.name} does not take while it takes others`
    const deed = path === undefined ? `Gave up ${what}` : `Set aside ${what}, as ${path}`
    this.#dispatcher.endpoint.countSetAside(count, `${deed}: ${retry.reason}`)
  }

  /** @param newest Stays, even where it is larger than all the room there is. */
  #makeRoom(newest: Entry): void {
    const { memoryBytes } = this.#context.settings
    while (this.#memory.bytes > memoryBytes) {
      const victim =
        this.#oldestWaiting((lane) => lane.priority === 'normal') ?? this.#oldestWaiting(() => true)
      if (victim === undefined || victim.entry === newest) return
      const { lane, entry } = victim
      lane.remove(entry)
      this.#memory.remove(entry)
      if (this.#spool?.holds(entry) === true) this.#spool.release(entry)
      else this.#dispatcher.endpoint.countDropped('buffer_full', entry.payload.count)
    }
  }

  #oldestWaiting(isMeant: (lane: Lane) => boolean): { entry: Entry; lane: Lane } | undefined {
    let found: { entry: Entry; lane: Lane } | undefined
    for (const lane of this.#dispatcher.lanes) {
      const entry = isMeant(lane) ? lane.oldest : undefined
      if (entry !== undefined && entry.sequence < (found?.entry.sequence ?? Infinity))
        found = { entry, lane }
    }
    return found
  }

  /** Nobody will ask for the counters any more: the log says it. */
  #countUndelivered(): void {
    let items = 0
    for (const lane of this.#dispatcher.lanes) {
      for (const entry of lane.removeAll()) {
        items += entry.payload.count
        this.#memory.remove(entry)
        this.#dispatcher.endpoint.countDropped('undelivered_at_stop', entry.payload.count)
      }
    }
    if (items === 0) return
    this.#context.telemetry.log.warn(
      `${this.#destination.name} did not take the last ${items} points and events before the stop`,
    )
  }
}
