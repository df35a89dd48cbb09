import type { z } from 'zod'
import type { Batch } from '../model/item.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { ContainerBoard } from './container-board.ts'
import type { ContainerReadings } from './container-readings.ts'
import type { DatadogSettings } from './datadog-settings.ts'
import type { ForwarderSettings } from './forwarder-settings.ts'
import type { LogDelivery } from './log-delivery.ts'
import type { OutboundSettings } from './outbound-settings.ts'
import type { Environment } from './source.ts'

/** The parts of the settings that sinks share, and what sources let them see. */
export interface SinkContext {
  readonly environment: Environment
  readonly telemetry: Telemetry
  readonly clock: () => number
  /** Base address of the server. */
  readonly serverUrl: string
  /** Gives the key at each use, because it may appear after the agent started. */
  readonly apiKey: () => string | undefined
  /** How any destination is reached. */
  readonly outbound: OutboundSettings
  /** What may wait for each destination. */
  readonly forwarder: ForwarderSettings
  readonly datadog: DatadogSettings
  readonly board: ContainerBoard
  readonly readings: ContainerReadings
  /** Told the name under which the server files this agent, whenever it says another than `environment.hostname`. */
  readonly onHostName?: (name: string) => void
  /** Told which containers somebody looks at, with each answer that says so. */
  readonly onWatched?: (ids: readonly string[]) => void
  /** Aborts when the time to deliver what is left is over. */
  readonly deadline: AbortSignal
}

/** One sink's own way of log lines. */
export interface LogOutlet extends Pick<LogDelivery, 'ship'> {
  /**
   * A block counts as delivered once this outlet has it, whatever others do: they get what they can take, and lose what
   * is more. Where no outlet decides, all have to have it.
   */
  readonly decides?: boolean
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
   * @returns `undefined` when the configuration names nobody who takes log lines.
   */
  openLogs?(config: Config, context: SinkContext): LogOutlet | undefined
}

/** Gives the sink back as it is, with its configuration's type inferred. */
export function defineSink<Config>(sink: Sink<Config>): Sink<Config> {
  return sink
}
