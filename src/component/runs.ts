import type { Telemetry } from '../telemetry/telemetry.ts'
import { ticks } from './ticks.ts'

/**
 * The `ticks()` of a source, each told to the telemetry as one run of the source `name`: it begins with the tick and
 * ends when the reader asks for the next one, or leaves its loop.
 */
export async function* runs(
  name: string,
  intervalMs: number,
  context: {
    readonly signal: AbortSignal
    readonly clock: () => number
    readonly telemetry: Pick<Telemetry, 'beginRun' | 'endRun'>
  },
): AsyncGenerator<number, void, void> {
  for await (const timeMs of ticks(intervalMs, context)) {
    context.telemetry.beginRun(name, timeMs)
    try {
      yield timeMs
    } finally {
      context.telemetry.endRun(name)
    }
  }
}
