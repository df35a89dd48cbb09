import type { Entry } from './entry.ts'
import { Circuit } from './circuit.ts'
import { EndpointRecord } from './endpoint-record.ts'
import type { Destination, FinalVerdict, ForwarderContext, Payload } from './forwarder.ts'
import { judgeAnswer, type Retry } from './judge-answer.ts'
import { Lane } from './lane.ts'
import { createPoster, type Poster } from './post/create-poster.ts'

/** Who owns what is sent. */
export interface DispatchOwner {
  /** There is a verdict: the entry is no longer the dispatcher's. */
  readonly onVerdict: (entry: Entry, verdict: FinalVerdict) => void
  /** It did not arrive; `false` when it is not to be sent again. */
  readonly shouldRetry: (entry: Entry, retry: Retry) => boolean
  /** Whether nothing of an `oldest-first` lane may be sent yet. */
  readonly isHeldBack?: (lane: Lane) => boolean
  /** A request has ended. */
  readonly onChange?: () => void
}

/**
 * Sends what is added to it to one destination, several at a time while all is well. While the destination is in trouble
 * it is asked with one request at a time, and a route that alone is in trouble with one of that route.
 */
export class Dispatcher {
  readonly endpoint: EndpointRecord
  readonly #destination: Destination
  readonly #context: ForwarderContext
  readonly #connections: number
  readonly #owner: DispatchOwner
  readonly #poster: Poster
  readonly #circuit: Circuit
  readonly #lanes = new Map<string, Lane>()
  readonly #onTheWay = new Map<Entry, Promise<void>>()
  #firstLane = 0
  #probes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(destination: Destination, context: ForwarderContext, owner: DispatchOwner) {
    const { settings, outbound, telemetry } = context
    this.endpoint = new EndpointRecord(destination, telemetry)
    this.#destination = destination
    this.#context = context
    this.#connections = settings.connections
    this.#owner = owner
    this.#circuit = new Circuit(settings.backOff)
    this.#poster = createPoster(destination, {
      outbound,
      timeoutMs: settings.timeoutMs,
      connections: settings.connections,
    })
    if (destination.url.startsWith('https:') && !outbound.tls.isVerified) {
      telemetry.log.warn(
        `The certificate of ${destination.name} is not checked, since skip_ssl_validation is set: whoever is on the way can read and change what is sent`,
      )
    }
    context.deadline.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  get lanes(): Iterable<Lane> {
    return this.#lanes.values()
  }

  get isInTrouble(): boolean {
    return this.#circuit.isInTrouble
  }

  /** The way of payloads that are like this one. */
  laneOf(like: Payload): Lane {
    const kind = like.replacesOlder === true ? 'state' : (like.priority ?? 'normal')
    const key = `${kind} ${like.route}`
    let lane = this.#lanes.get(key)
    if (lane === undefined) {
      lane = new Lane(like, this.#context.settings.backOff, this.#destination.isInOrder)
      this.#lanes.set(key, lane)
    }
    return lane
  }

  /** The way of payloads of that route that may be kept on disk, if there was one. */
  findLane(route: string): Lane | undefined {
    return this.#lanes.get(`normal ${route}`)
  }

  /** Starts as much as may be started now, and comes back when that may be more. */
  pump(): void {
    clearTimeout(this.#timer)
    if (this.#context.deadline.aborted) return
    const nowMs = this.#context.clock()
    while (this.#onTheWay.size < Math.min(this.#connections, this.#circuit.room(nowMs))) {
      const found = this.#next(nowMs)
      if (found === undefined) break
      const sent = this.#send(found.entry, found.lane)
      this.#onTheWay.set(found.entry, sent)
    }
    const next = this.#nextChangeMs(nowMs)
    if (next !== Infinity) this.#timer = setTimeout(() => this.pump(), Math.max(1, next - nowMs))
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#onTheWay.size > 0) await Promise.all(this.#onTheWay.values())
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#poster.close()
  }

  /** What is urgent first, then one of each route in turn. */
  #next(nowMs: number): { readonly entry: Entry; readonly lane: Lane } | undefined {
    const lanes = [...this.#lanes.values()]
    const inTurn = [...lanes.slice(this.#firstLane), ...lanes.slice(0, this.#firstLane)]
    for (const priority of this.#priorities()) {
      for (const lane of inTurn) {
        if (lane.priority !== priority || lane.waiting.length === 0) continue
        if (lane.onTheWay >= lane.circuit.room(nowMs)) continue
        if (lane.order === 'oldest-first' && this.#owner.isHeldBack?.(lane) === true) continue
        const entry = lane.take(nowMs, this.#circuit.isFailing || lane.circuit.isFailing)
        if (entry === undefined) continue
        this.#firstLane = (lanes.indexOf(lane) + 1) % lanes.length
        return { entry, lane }
      }
    }
    return undefined
  }

  /** While the destination is in trouble every other try is something else, lest the cause be what is urgent. */
  #priorities(): readonly Lane['priority'][] {
    this.#probes = this.#circuit.isFailing ? this.#probes + 1 : 0
    return this.#probes % 2 === 0 ? ['high', 'normal'] : ['normal', 'high']
  }

  /** When more may be started although nothing happens until then. */
  #nextChangeMs(nowMs: number): number {
    const waiting = [...this.#lanes.values()].filter((lane) => lane.waiting.length > 0)
    if (waiting.length === 0) return Infinity
    if (this.#onTheWay.size >= this.#connections) return Infinity
    const destinationMs = this.#circuit.nextChangeMs(nowMs)
    if (this.#circuit.room(nowMs) === 0) return destinationMs
    const ofLanes = waiting.map((lane) => {
      if (lane.circuit.room(nowMs) === 0) return lane.circuit.nextChangeMs(nowMs)
      const readyMs = lane.nextReadyMs(nowMs)
      return readyMs > nowMs ? readyMs : lane.circuit.nextChangeMs(nowMs)
    })
    return Math.min(destinationMs, ...ofLanes)
  }

  async #send(entry: Entry, lane: Lane): Promise<void> {
    const { clock, deadline } = this.#context
    const startedAtMs = clock()
    lane.onTheWay += 1
    const result = await this.#poster.post(entry.payload, deadline)
    lane.onTheWay -= 1
    this.#onTheWay.delete(entry)
    const verdict = judgeAnswer(result, this.#destination.finalStatuses)
    const nowMs = clock()
    if (verdict.kind === 'retry') {
      this.#noteRetry(entry, lane, { verdict, startedAtMs, nowMs })
    } else {
      this.#noteAnswered(lane, verdict, nowMs)
      if (verdict.kind === 'taken' && result.kind === 'answer')
        this.#destination.onTaken?.(result.headers)
      this.#owner.onVerdict(entry, verdict)
    }
    this.pump()
    this.#owner.onChange?.()
  }

  #noteAnswered(lane: Lane, verdict: FinalVerdict, nowMs: number): void {
    this.#circuit.succeed(nowMs)
    lane.circuit.succeed(nowMs)
    if (verdict.kind === 'taken') {
      lane.taken += 1
      this.endpoint.noteTaken(lane.route, nowMs)
    } else this.endpoint.noteRefused(lane.route, verdict.status, verdict.reason)
  }

  #noteRetry(
    entry: Entry,
    lane: Lane,
    { verdict, startedAtMs, nowMs }: { verdict: Retry; startedAtMs: number; nowMs: number },
  ): void {
    // At the deadline requests are cut off; that says nothing of the destination.
    if (this.#context.deadline.aborted) {
      lane.add(entry)
      return
    }
    const circuit = verdict.scope === 'destination' ? this.#circuit : lane.circuit
    circuit.fail(startedAtMs, nowMs, verdict.pauseMs)
    this.endpoint.noteRetry(lane.route, verdict, nowMs)
    lane.noteFailure(entry, verdict.isServerError, nowMs)
    if (this.#owner.shouldRetry(entry, verdict)) lane.add(entry)
  }
}
