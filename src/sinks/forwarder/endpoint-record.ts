import type { EndpointReport } from '../../model/agent-report.ts'
import { toSafeMessage } from '../../telemetry/safe-message.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import type { Destination } from './forwarder.ts'
import type { Retry } from './judge-answer.ts'

/** One that comes and goes all the time is told of once in this time. */
const quietMs = 300_000

/** What waits, as the report of an endpoint says it. */
export type Waiting = Pick<EndpointReport, 'waiting' | 'memoryBytes' | 'diskBytes'>

interface Trouble {
  readonly reason: string
  readonly isRefusal: boolean
}

/** How sending to one destination goes, for the agent's report and its log. */
export class EndpointRecord {
  readonly #destination: Destination
  readonly #telemetry: Telemetry
  /** By route; what concerns all of them under an empty name. */
  readonly #troubles = new Map<string, Trouble>()
  /** When each was told last, and whether its end is to be told. */
  readonly #told = new Map<string, { atMs: number; isOpen: boolean }>()
  #delivered = 0
  #retried = 0
  #setAside = 0
  #dropped = 0
  #lastDeliveredAtMs: number | undefined
  /** Of the newest payload, while it is not followed by one that was taken. */
  #refusal = ''
  /** What does not hold up anything, but should be known. */
  #notice = ''

  constructor(destination: Destination, telemetry: Telemetry) {
    this.#destination = destination
    this.#telemetry = telemetry
  }

  noteTaken(route: string, nowMs: number): void {
    this.#delivered += 1
    this.#lastDeliveredAtMs = nowMs
    this.#refusal = ''
    this.#endTrouble(route)
  }

  /** For good, so that what waits behind it is not held up. */
  noteRefused(route: string, status: number, reason: string): void {
    this.#refusal = toSafeMessage(`${this.#nameOf(route)} refused a payload: ${status} ${reason}`)
    this.#endTrouble(route)
  }

  #endTrouble(route: string): void {
    if (this.#troubles.size === 0) return
    for (const scope of ['', route]) {
      if (!this.#troubles.delete(scope)) continue
      const told = this.#told.get(scope)
      if (told?.isOpen !== true) continue
      told.isOpen = false
      this.#telemetry.log.info(`${this.#nameOf(scope)} takes what is sent again`)
    }
  }

  noteRetry(route: string, { reason, isRefusal, scope }: Retry, nowMs: number): void {
    this.#retried += 1
    const key = scope === 'route' ? route : ''
    const isNew = !this.#troubles.has(key)
    this.#troubles.set(key, { reason, isRefusal })
    const told = this.#told.get(key)
    if (!isNew || (told !== undefined && nowMs - told.atMs < quietMs)) return
    this.#told.set(key, { atMs: nowMs, isOpen: true })
    this.#telemetry.log.warn(
      `Cannot deliver to ${this.#nameOf(key)}: ${reason}; what waits is kept and sent later`,
    )
  }

  /** Counts what will not be delivered; `items` are points, events, … */
  countDropped(reason: string, items: number, payloads = 1): void {
    this.#dropped += payloads
    this.#telemetry.countDropped(`${this.#destination.name}.${reason}`, items)
  }

  countSetAside(items: number, notice: string): void {
    this.#setAside += 1
    this.#notice = notice
    this.#telemetry.countDropped(`${this.#destination.name}.set_aside`, items)
    this.#telemetry.log.error(notice)
  }

  describe(waiting: Waiting): EndpointReport {
    const { name, url } = this.#destination
    return {
      name,
      url: withoutUser(url),
      state: this.#state(),
      message: this.#message(),
      ...waiting,
      delivered: this.#delivered,
      retried: this.#retried,
      setAside: this.#setAside,
      dropped: this.#dropped,
      ...(this.#lastDeliveredAtMs !== undefined && { lastDeliveredAtMs: this.#lastDeliveredAtMs }),
    }
  }

  #state(): EndpointReport['state'] {
    const troubles = [...this.#troubles.values()]
    if (this.#refusal !== '' || troubles.some(({ isRefusal }) => isRefusal)) return 'refusing'
    if (troubles.length > 0) return 'retrying'
    return this.#delivered > 0 ? 'delivering' : 'idle'
  }

  #message(): string {
    const sentences = Array.from(
      this.#troubles,
      ([scope, { reason }]) => `Cannot deliver to ${this.#nameOf(scope)}: ${reason}`,
    )
    return [...sentences, this.#refusal, this.#notice].filter((text) => text !== '').join('. ')
  }

  #nameOf(route: string): string {
    return `${this.#destination.name} (${withoutUser(this.#destination.url)}${route})`
  }
}

/** An address as it may be shown. */
export function withoutUser(url: string): string {
  return url.replace(/(:\/\/)[^/?#]*@/, '$1')
}
