import type { LogDelivery } from '../../src/component/log-delivery.ts'
import type { LogsSettings } from '../../src/component/logs-settings.ts'
import type { LogBlock, LogOrigin } from '../../src/model/log-block.ts'
import type { ApiTools } from '../../src/sources/logs/containers/api-log.ts'
import { Settling } from '../../src/sources/logs/follow/settling.ts'
import { openTools } from '../../src/sources/logs/open-tools.ts'
import type { LogTools } from '../../src/sources/logs/log-tools.ts'
import { makeEnvironment, makeSourceContext } from './environment.ts'
import { logsDefaults } from './logs-settings.ts'

/** A line as it arrived. */
export interface ShippedLine {
  readonly text: string
  readonly origin: LogOrigin
}

/** Takes all lines and acknowledges them at once, or never while they are held. */
export class ShippedLines implements LogDelivery {
  readonly hasReceiver = true
  readonly lines: ShippedLine[] = []
  isHeld = false
  readonly #held: (() => void)[] = []
  #changed = Promise.withResolvers<void>()

  readonly ship: LogDelivery['ship'] = (block) => {
    this.lines.push(...readLines(block))
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
    const settled = this.isHeld
      ? new Promise<'stored'>((resolve) => {
          this.#held.push(() => resolve('stored'))
        })
      : Promise.resolve('stored' as const)
    return { packed: Promise.resolve(block.messages.length), settled }
  }

  /** Acknowledges what was held, and all that comes. */
  release(): void {
    this.isHeld = false
    for (const acknowledge of this.#held.splice(0)) acknowledge()
  }

  get texts(): readonly string[] {
    return this.lines.map(({ text }) => text)
  }

  /** Resolves with the first `count` texts, once there are so many. */
  async first(count: number): Promise<readonly string[]> {
    while (this.lines.length < count) await this.#changed.promise
    return this.texts.slice(0, count)
  }
}

/** The real tools of the source `logs`, with lines that arrive in memory; disposing closes them. */
export interface OpenLogTools extends AsyncDisposable {
  readonly tools: LogTools
  readonly settling: ApiTools['settling']
  readonly shipped: ShippedLines
}

/** @param stateDir Where the pointer file is; none by default. */
export async function openLogTools(
  change: Partial<LogsSettings> = {},
  stateDir = '',
): Promise<OpenLogTools> {
  const shipped = new ShippedLines()
  const logs = { ...logsDefaults, batchWaitMs: 10, ...change }
  const environment = makeEnvironment({ logs, stateDir, hostTags: ['env:test'] })
  const tools = await openTools(makeSourceContext({ environment, logDelivery: shipped }))
  const { gatherer, nowMs } = tools
  const settling = new Settling({ timeoutMs: 100, nowMs, room: () => gatherer.room() })
  return {
    tools,
    settling,
    shipped,
    async [Symbol.asyncDispose]() {
      settling.close()
      tools.follower.close()
      await gatherer.close(AbortSignal.timeout(1000))
    },
  }
}

function readLines({ runs, messages, messageOffsets }: LogBlock): readonly ShippedLine[] {
  const origins = runs.flatMap(({ origin, lineCount }) =>
    Array.from({ length: lineCount }, () => origin),
  )
  return origins.map((origin, at) => {
    const bytes = messages.subarray(messageOffsets[at], messageOffsets[at + 1])
    return { text: Buffer.from(bytes).toString('utf8'), origin }
  })
}
