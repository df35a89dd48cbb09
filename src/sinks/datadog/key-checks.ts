import type { SinkContext } from '../../component/sink.ts'
import type { EndpointReport } from '../../model/agent-report.ts'
import { withoutUser } from '../forwarder/endpoint-record.ts'
import type { Destination } from '../forwarder/forwarder.ts'
import { checkKey } from './key-check.ts'

/** As often as the Datadog Agent (`forwarder_apikey_validation_interval`). */
const checkEveryMs = 3_600_000

/** Asks the destinations whether they know our keys, at once and then each hour; a key that is refused is told of. */
export class KeyChecks {
  readonly #destinations: readonly Destination[]
  readonly #context: SinkContext
  readonly #closed = new AbortController()
  readonly #unwatch = new Map<Destination, () => void>()
  #nextMs = 0
  #running: Promise<unknown> = Promise.resolve()

  constructor(destinations: readonly Destination[], context: SinkContext) {
    this.#destinations = destinations
    this.#context = context
  }

  /** Begins to ask if it is time; does not wait for the answers. */
  checkWhenDue(nowMs: number): void {
    // A clock that was set back does not put it off.
    if (nowMs < this.#nextMs && this.#nextMs - nowMs <= checkEveryMs) return
    this.#nextMs = nowMs + checkEveryMs
    this.#running = Promise.all(this.#destinations.map((one) => this.#check(one)))
  }

  /** Resolves when no answer is waited for. */
  async settled(): Promise<void> {
    await this.#running
  }

  /** Waits for no answer any more. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.settled()
    for (const unwatch of this.#unwatch.values()) unwatch()
  }

  async #check(destination: Destination): Promise<void> {
    const { log } = this.#context.telemetry
    const { signal } = this.#closed
    const verdict = await checkKey(destination, { ...this.#context, signal })
    if (verdict.kind === 'refused') this.#refuse(destination)
    else if (verdict.kind === 'valid') this.#accept(destination)
    else if (!signal.aborted)
      log.debug(`Cannot ask ${nameOf(destination)} about its API key: ${verdict.reason}`)
  }

  #refuse(destination: Destination): void {
    if (this.#unwatch.has(destination)) return
    const { telemetry } = this.#context
    const message = `${nameOf(destination)} does not know the API key: nothing that is sent there is taken; check the key`
    telemetry.log.error(message)
    const unwatch = telemetry.watchEndpoint(() => reportRefusal(destination, message))
    this.#unwatch.set(destination, unwatch)
  }

  #accept(destination: Destination): void {
    this.#unwatch.get(destination)?.()
    if (this.#unwatch.delete(destination))
      this.#context.telemetry.log.info(`${nameOf(destination)} knows the API key again`)
  }
}

/** Nothing is sent by this endpoint: it stands in the list for the key alone, as long as that is refused. */
function reportRefusal({ name, url }: Destination, message: string): EndpointReport {
  return {
    name: `${name}.key`,
    url: withoutUser(url),
    state: 'refusing',
    message,
    waiting: 0,
    memoryBytes: 0,
    diskBytes: 0,
    delivered: 0,
    retried: 0,
    setAside: 0,
    dropped: 0,
  }
}

function nameOf({ name, url }: Destination): string {
  return `${name} (${withoutUser(url)})`
}
