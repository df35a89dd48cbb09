import type { LogShipment, LogVerdict } from '../../../component/log-delivery.ts'
import type { LogOutlet, SinkContext } from '../../../component/sink.ts'
import type { LogBlock } from '../../../model/log-block.ts'
import { encodeJsonLogs, type JsonLogs } from '../../../wire/logs/encode-json-logs.ts'
import type { Payload } from '../../forwarder/forwarder.ts'
import { plainVersion } from '../agent-version.ts'
import { compress } from '../../forwarder/compress.ts'
import { forwardingOf, nameDestinations } from '../destinations.ts'
import { LogDestination } from './log-destination.ts'
import { shipToAll } from './ship-to-all.ts'

/** Takes log lines to the intakes of the settings; `undefined` when they name none. */
export function openLogOutlet(context: SinkContext): LogOutlet | undefined {
  const { destinations } = context.datadog.logs
  return destinations.length === 0 ? undefined : new DatadogLogOutlet(context)
}

class DatadogLogOutlet implements LogOutlet {
  readonly #context: SinkContext
  readonly #destinations: readonly LogDestination[]

  constructor(context: SinkContext) {
    this.#context = context
    const { destinations } = context.datadog.logs
    const { version } = context.environment
    const forwarding = forwardingOf(context)
    this.#destinations = nameDestinations(destinations, { group: 'datadog.logs', version }).map(
      (destination, at) =>
        new LogDestination(destination, destinations[at]?.isReliable ?? true, forwarding),
    )
  }

  ship(block: LogBlock): LogShipment {
    const packed = this.#pack(block)
    const settled = packed.then((payloads) => this.#deliver(payloads))
    // Whoever does not care for the verdict may leave it.
    settled.catch(() => {})
    return { packed: packed.then(sizeOf), settled }
  }

  close(): void {
    for (const destination of this.#destinations) destination.close()
  }

  /** Lines that cannot be packed, or alone are too long, are counted. */
  async #pack(block: LogBlock): Promise<readonly Payload[]> {
    const { datadog, telemetry } = this.#context
    const { batchLines, batchBytes } = datadog.logs
    try {
      const bodies = [...encodeJsonLogs(block, { lines: batchLines, bytes: batchBytes })]
      const fitting = bodies.filter(({ body }) => body.length <= batchBytes)
      const tooLong = bodies.length - fitting.length
      if (tooLong > 0) telemetry.countDropped('datadog.logs.too_long', tooLong)
      return await Promise.all(fitting.map((logs) => this.#makePayload(logs)))
    } catch (error) {
      telemetry.countDropped('datadog.logs.unencodable', block.lineCount)
      telemetry.log.error(
        { lines: block.lineCount },
        `Cannot encode log lines for Datadog: ${String(error)}`,
      )
      return []
    }
  }

  /** @see `comp/logs-library/client/http/destination.go` of the Datadog Agent, for the headers */
  async #makePayload({ body, lineCount, timeMs }: JsonLogs): Promise<Payload> {
    return {
      route: '/api/v2/logs',
      contentType: 'application/json',
      ...(await compress(body, this.#context.datadog.logs)),
      count: lineCount,
      headers: {
        'dd-protocol': 'agent-json',
        'dd-evp-origin': 'agent',
        'dd-evp-origin-version': plainVersion,
        'dd-message-timestamp': String(timeMs),
      },
    }
  }

  /** A block is refused when none of its lines was stored. */
  async #deliver(payloads: readonly Payload[]): Promise<LogVerdict> {
    const verdicts = await Promise.all(
      payloads.map((payload) => shipToAll(payload, this.#destinations)),
    )
    return verdicts.includes('stored') ? 'stored' : 'refused'
  }
}

function sizeOf(payloads: readonly Payload[]): number {
  return payloads.reduce((sum, { body }) => sum + body.length, 0)
}
