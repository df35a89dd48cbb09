// A backend of the npm package `statsd`, which loads it by its path: adds up what it flushes, and tells its tally by message.
import type { EventEmitter } from 'node:events'
import type { PeerTally } from './peers.ts'

const tally: PeerTally = { packets: 0, metrics: 0, counted: 0, flushedAtMs: 0 }

/**
 * Called by `statsd` once its socket is open.
 * @returns Whether it goes on.
 */
export function init(_startedAtS: number, _configuration: object, events: EventEmitter): boolean {
  events.on('flush', (_timeS: number, { counters }: { counters: Record<string, number> }) => {
    for (const [name, value] of Object.entries(counters)) {
      if (!name.startsWith('statsd.')) tally.counted += value
    }
    tally.packets += counters['statsd.packets_received'] ?? 0
    tally.metrics += counters['statsd.metrics_received'] ?? 0
    tally.flushedAtMs = Date.now()
  })
  process.on('message', () => process.send?.(tally))
  process.on('disconnect', () => process.exit())
  process.send?.('open')
  return true
}
