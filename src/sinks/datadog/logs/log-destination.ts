import type {
  Courier,
  Destination,
  FinalVerdict,
  ForwarderContext,
  Payload,
} from '../../forwarder/forwarder.ts'
import { openCourier } from '../../forwarder/open-courier.ts'

/** Beside 400 and 413: what is meant is the key, and no other will do for these lines. */
const finalStatuses = [401, 403]

/** One receiver of log lines, with what is on its way there. */
export class LogDestination {
  readonly isReliable: boolean
  readonly #name: string
  readonly #context: ForwarderContext
  readonly #courier: Courier
  #waitingBytes = 0

  constructor(destination: Destination, isReliable: boolean, context: ForwarderContext) {
    this.isReliable = isReliable
    this.#name = destination.name
    this.#context = context
    this.#courier = openCourier(
      {
        ...destination,
        finalStatuses,
        headers: () => ({
          ...destination.headers(),
          'dd-current-timestamp': String(context.clock()),
        }),
      },
      context,
    )
  }

  /** Whether so much more waits here than may, that it gets nothing more where another has it too. */
  get isBehind(): boolean {
    return this.#waitingBytes >= this.#context.settings.memoryBytes
  }

  /** Sends it until there is a verdict; counts what is refused. @throws {StoppedError} At the deadline. */
  async deliver(payload: Payload): Promise<FinalVerdict> {
    this.#waitingBytes += payload.body.length
    try {
      const verdict = await this.#courier.deliver(payload)
      if (verdict.kind === 'refused') this.#noteRefused(payload, verdict)
      return verdict
    } finally {
      this.#waitingBytes -= payload.body.length
    }
  }

  /** It will not be sent here. */
  leaveOut({ count }: Payload): void {
    this.#context.telemetry.countDropped(`${this.#name}.buffer_full`, count)
  }

  close(): void {
    this.#courier.close()
  }

  #noteRefused({ count }: Payload, { status, reason }: FinalVerdict & { kind: 'refused' }): void {
    const { telemetry } = this.#context
    telemetry.countDropped(`${this.#name}.refused_${status}`, count)
    telemetry.log.error(
      { status, lines: count },
      `${this.#name} refused log lines for good: ${reason.slice(0, 300)}`,
    )
  }
}
