import type { SinkContext } from '../../component/sink.ts'
import type { AgentReport } from '../../model/agent-report.ts'
import { encodeHostMetadata } from '../../wire/datadog-metadata/encode-host-metadata.ts'
import type { Destination, Forwarder, Payload } from '../forwarder/forwarder.ts'
import { openForwarder } from '../forwarder/open-forwarder.ts'
import { compress } from '../forwarder/compress.ts'
import { forwardingOf } from './destinations.ts'
import type { Gathered } from './gathering.ts'
import { makePayloads } from './make-payloads.ts'
import { readHost } from './metadata/read-host.ts'

/** Encodes what was gathered once, and gives the same bytes to the forwarder of each destination. */
export class Sender {
  readonly #context: SinkContext
  readonly #forwarders: readonly Forwarder[]

  constructor(destinations: readonly Destination[], context: SinkContext) {
    this.#context = context
    const forwarding = forwardingOf(context)
    this.#forwarders = destinations.map((destination) => openForwarder(destination, forwarding))
  }

  /** Resolves once all is with the forwarders. Never rejects: what cannot be encoded is counted. */
  async send(gathered: Gathered): Promise<void> {
    const { datadog, environment, telemetry } = this.#context
    const { points, sketches, events, checks } = gathered
    const count = points.length + sketches.length + events.length + checks.length
    if (count === 0) return
    try {
      const payloads = await makePayloads(gathered, {
        settings: datadog,
        hostname: environment.hostname,
        onTooLong: () => telemetry.countDropped('datadog.too_long', 1),
      })
      for (const payload of payloads) this.#push(payload)
    } catch (error) {
      telemetry.countDropped('datadog.unencodable', count)
      telemetry.log.error({ items: count }, `Cannot encode for Datadog: ${String(error)}`)
    }
  }

  /** Tells of the host; what was not delivered of that before is given up for it. Never rejects. */
  async sendMetadata(report: AgentReport | undefined): Promise<void> {
    const { datadog, environment, telemetry } = this.#context
    try {
      const text = encodeHostMetadata(await readHost(environment, report))
      this.#push({
        route: '/intake/',
        contentType: 'application/json',
        ...(await compress(Buffer.from(text), datadog)),
        count: 1,
        priority: 'high',
        replacesOlder: true,
      })
    } catch (error) {
      telemetry.log.error(`Cannot encode what is known of the host: ${String(error)}`)
    }
  }

  /** Resolves when all is delivered, or at the deadline. */
  async finish(): Promise<void> {
    await Promise.all(this.#forwarders.map((forwarder) => forwarder.finish()))
  }

  #push(payload: Payload): void {
    for (const forwarder of this.#forwarders) forwarder.push(payload)
  }
}
