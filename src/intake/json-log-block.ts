import type { LogBlock } from '../model/log-block.ts'
import { BlockWriter } from '../wire/logs/block-writer.ts'
import type { JsonLog } from '../wire/logs/decode-json-logs.ts'

/** Lines that came by one of Datadog's routes as a block; those that do not say when they were written are of `nowMs`. */
export function toBlock(logs: readonly JsonLog[], nowMs: number): LogBlock {
  const messageBytes = logs.reduce((sum, { message }) => sum + message.length, 0)
  const writer = new BlockWriter({ messageBytes, lines: logs.length })
  for (const { origin, timeMs = nowMs, level, message, attributes } of logs) {
    const bytes = Buffer.from(message)
    const timeNs = BigInt(Math.round(timeMs * 1000)) * 1000n
    const line = { bytes, start: 0, end: bytes.length, timeNs, position: 0, output: 0 }
    writer.begin(origin, 0n)
    writer.append(line, level, attributes)
  }
  return writer.take()
}
