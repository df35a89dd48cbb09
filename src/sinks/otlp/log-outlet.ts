import type { LogShipment, LogVerdict } from '../../component/log-delivery.ts'
import type { LogOutlet, SinkContext } from '../../component/sink.ts'
import type { LogBlock } from '../../model/log-block.ts'
import { encodeLogs } from '../../wire/otlp/encode-logs.ts'
import type { Courier, Destination, Payload } from '../forwarder/forwarder.ts'
import { openCourier } from '../forwarder/open-courier.ts'
import { makePayload } from './make-payload.ts'

/** Takes log lines to `/v1/logs` of a destination. */
export class OtlpLogOutlet implements LogOutlet {
  readonly #context: SinkContext
  readonly #name: string
  readonly #courier: Courier

  constructor(destination: Destination, context: SinkContext) {
    this.#context = context
    this.#name = destination.name
    this.#courier = openCourier(destination, { settings: context.forwarder, ...context })
  }

  ship(block: LogBlock): LogShipment {
    const packed = this.#pack(block)
    const settled = packed.then((payload) =>
      payload === undefined ? 'refused' : this.#deliver(payload),
    )
    // Whoever does not care for the verdict may leave it.
    settled.catch(() => {})
    return { packed: packed.then((payload) => payload?.body.length ?? 0), settled }
  }

  close(): void {
    this.#courier.close()
  }

  /** @returns `undefined` for a block that cannot be packed, which is counted. */
  async #pack(block: LogBlock): Promise<Payload | undefined> {
    const { telemetry, environment } = this.#context
    const { lineCount } = block
    try {
      const encoded = encodeLogs(block, { name: 'vigie', version: environment.version })
      return await makePayload('logs', encoded, lineCount)
    } catch (error) {
      telemetry.countDropped(`${this.#name}.unencodable`, lineCount)
      telemetry.log.error({ lines: lineCount }, `Cannot encode log lines: ${String(error)}`)
      return undefined
    }
  }

  /** @throws {StoppedError} When the agent stops before there is an answer. */
  async #deliver(payload: Payload): Promise<LogVerdict> {
    const verdict = await this.#courier.deliver(payload)
    if (verdict.kind === 'taken') return 'stored'
    const { status, reason } = verdict
    const { telemetry } = this.#context
    telemetry.countDropped(`${this.#name}.refused_${status}`, payload.count)
    telemetry.log.error(
      { status, lines: payload.count },
      `${this.#name} refused log lines for good: ${reason.slice(0, 300)}`,
    )
    return 'refused'
  }
}
