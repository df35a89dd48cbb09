import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { LogShipment, LogVerdict } from '../../../component/log-delivery.ts'
import type { LogOutlet, SinkContext } from '../../../component/sink.ts'
import type { LogBlock } from '../../../model/log-block.ts'
import { decodeBlock } from '../../../wire/logs/decode-block.ts'
import { encodeBlock } from '../../../wire/logs/encode-block.ts'
import type { Courier, FinalVerdict, Payload } from '../../forwarder/forwarder.ts'
import { openCourier } from '../../forwarder/open-courier.ts'
import { letGo } from '../../forwarder/let-go.ts'
import { forwarderContext, serverDestination } from '../server-destination.ts'
import { compress } from '../zstd.ts'
import { halveBlock } from './halve-block.ts'

/**
 * Blocks on their way at a time, each over a connection of its own: at 40 MiB a second and two seconds for each answer,
 * some eighty are.
 */
const maxOnTheWay = 96

const decompress = promisify(zstdDecompress)

/** Takes blocks of log lines to the server, in memory until it has stored them or refused them for good. */
export function openLogOutlet(context: SinkContext): LogOutlet {
  return new ServerLogOutlet(context)
}

/** A block as it is sent. */
interface PackedBlock {
  readonly body: Buffer
  readonly lineCount: number
}

class ServerLogOutlet implements LogOutlet {
  readonly decides = true
  readonly #context: SinkContext
  /** Whoever ships blocks sees to it that they are not too many. */
  readonly #courier: Courier
  /** Some proxies take less than the server would. */
  #tooLongBytes = Infinity

  constructor(context: SinkContext) {
    this.#context = context
    const destination = serverDestination('server.logs', context)
    this.#courier = openCourier(destination, forwarderContext(context, maxOnTheWay))
  }

  ship(block: LogBlock): LogShipment {
    const packed = this.#pack(block)
    const settled = packed.then((sent) => (sent === undefined ? 'refused' : this.#deliver(sent)))
    // Whoever does not care for the verdict may leave it.
    settled.catch(() => {})
    return { packed: packed.then((sent) => sent?.body.length ?? 0), settled }
  }

  close(): void {
    this.#courier.close()
  }

  /** @returns `undefined` for a block that cannot be packed, which is counted. */
  async #pack(block: LogBlock): Promise<PackedBlock | undefined> {
    const { lineCount } = block
    try {
      const encoded = encodeBlock(block)
      const body = await compress(encoded)
      letGo(encoded)
      return { body, lineCount }
    } catch (error) {
      this.#context.telemetry.countDropped('server.unencodable', lineCount)
      this.#context.telemetry.log.error(
        { lines: lineCount },
        `Cannot encode log lines: ${String(error)}`,
      )
      return undefined
    }
  }

  async #deliver(block: PackedBlock): Promise<LogVerdict> {
    const { body, lineCount } = block
    const mayBeTaken = body.length < this.#tooLongBytes
    if (mayBeTaken || lineCount === 1) {
      const verdict = await this.#courier.deliver(toPayload(block))
      if (verdict.kind === 'taken') {
        letGo(body)
        return 'stored'
      }
      if (verdict.status !== 413 || lineCount === 1) return this.#noteRefused(verdict, lineCount)
      this.#tooLongBytes = Math.min(this.#tooLongBytes, body.length)
    }
    const halves = halveBlock(decodeBlock(await decompress(body)))
    const verdicts = await Promise.all(
      halves.map(async (half) => {
        const packed = await this.#pack(half)
        return packed === undefined ? 'refused' : this.#deliver(packed)
      }),
    )
    return verdicts.includes('stored') ? 'stored' : 'refused'
  }

  #noteRefused(verdict: FinalVerdict & { kind: 'refused' }, lineCount: number): 'refused' {
    const { status, reason } = verdict
    this.#context.telemetry.countDropped(`server.refused_${status}`, lineCount)
    this.#context.telemetry.log.error(
      { status, lines: lineCount },
      `The server refused log lines for good: ${reason.slice(0, 300)}`,
    )
    return 'refused'
  }
}

function toPayload({ body, lineCount }: PackedBlock): Payload {
  return {
    route: '/api/vigie/v1/logs',
    contentType: 'application/x-vigie-logs',
    contentEncoding: 'zstd',
    body,
    count: lineCount,
  }
}
