import type { z } from 'zod'
import type { Batch } from '../model/item.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { LogDelivery } from './log-delivery.ts'
import type { Environment } from './source.ts'

/** Where a sink sends to and with which key; the parts of the settings that all sinks share. */
export interface SinkContext {
  readonly environment: Environment
  readonly telemetry: Telemetry
  readonly clock: () => number
  /** Base address of the server. */
  readonly serverUrl: string
  /** Gives the key at each use, because it may appear after the agent started. */
  readonly apiKey: () => string | undefined
  /** Bytes that may wait while the server is away; beyond it the oldest are dropped and counted. */
  readonly bufferBytes: number
  /** Longest wait for one answer. */
  readonly timeoutMs: number
  /** Aborts when the time to deliver what is left is over. */
  readonly deadline: AbortSignal
}

/** One sink's own way of log lines. */
export interface LogOutlet extends Pick<LogDelivery, 'ship'> {
  /** Gives connections back; what is still on its way is rejected. */
  readonly close: () => void
}

export interface Sink<Config> {
  readonly name: string
  readonly about: string
  /** Whether it runs when the configuration does not say; absent means that it does. */
  readonly isEnabledByDefault?: boolean
  readonly config: z.ZodType<Config>
  /**
   * Drains `input` until it ends, which is after every source has stopped. Returns once all is delivered, or at the
   * deadline. What it cannot deliver it counts.
   */
  run(config: Config, input: AsyncIterable<Batch>, context: SinkContext): Promise<void>
  /**
   * For a sink that takes log lines too: opened before the sources run, closed after `run` has returned. Blocks are sent
   * again until they are stored or refused for good; at the deadline what is left is rejected.
   */
  openLogs?(config: Config, context: SinkContext): LogOutlet
}

/** Gives the sink back as it is, with its configuration's type inferred. */
export function defineSink<Config>(sink: Sink<Config>): Sink<Config> {
  return sink
}
