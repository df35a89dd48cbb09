import type { LedgerAnswer } from '../../query/logs/ask-log-ledgers.ts'
import { encodeLineKey } from '../../query/logs/line-key.ts'
import type { LogLine } from '../../query/logs/log-store.ts'
import type { LogLedgerRow, LogRow } from '../contract/logs.ts'

const nanosPerMilli = 1_000_000n

/** A line as lists show it. */
export function toLogRow({ key, origin, ...line }: LogLine): LogRow {
  return {
    id: encodeLineKey(key),
    time: Number(key.timeNs / nanosPerMilli),
    timeNanos: Number(key.timeNs % nanosPerMilli),
    host: origin.host,
    containerId: origin.containerId,
    containerName: origin.containerName,
    image: origin.image,
    service: origin.service,
    source: origin.source,
    level: line.level,
    stream: line.output,
    message: line.message,
    attributes: line.attributes,
    tags: origin.tags,
  }
}

/** The ledger of one source of lines. */
export function toLedgerRow({ kind: _kind, timeMs, ...ledger }: LedgerAnswer): LogLedgerRow {
  return { ...ledger, time: timeMs }
}
