import type { LogLedger } from '../../src/model/log-ledger.ts'

/** Of a container of which a line was dropped, and of which the last lines are on their way. */
export function sampleLedger(change: Partial<LogLedger> = {}): LogLedger {
  return {
    kind: 'log-ledger',
    host: 'debian-1',
    name: `docker:${'a'.repeat(64)}`,
    containerId: 'a'.repeat(64),
    containerName: 'web',
    timeMs: 1_790_000_000_000,
    way: 'file',
    writtenBytes: 25_000,
    readBytes: 24_000,
    readLines: 120,
    sentBytes: 11_000,
    sentLines: 110,
    droppedLines: 1,
    refusedLines: 2,
    truncatedLines: 3,
    lostBytes: 4,
    rotations: 5,
    waitingLines: 7,
    unansweredLines: 4,
    ...change,
  }
}
