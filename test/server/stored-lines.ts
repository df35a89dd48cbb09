import type { LogBlock, LogOrigin } from '../../src/model/log-block.ts'
import { logLevels, type LogLevel } from '../../src/model/log-level.ts'
import { BlockWriter } from '../../src/wire/logs/block-writer.ts'
import { makeOrigin } from '../agent/log-blocks.ts'

/** A whole minute, some two hours ago, Unix milliseconds. */
export const startMs: number = Math.floor(Date.now() / 60_000) * 60_000 - 7_200_000

/** A line to be stored. */
export interface Line {
  readonly message: string | Buffer
  /** After `startMs`; a millisecond after the line before unless it is given. */
  readonly atMs?: number
  readonly attributes?: string
  readonly level?: LogLevel
}

/** A block of lines of one origin and one file. */
export function blockOf(
  lines: readonly Line[],
  origin: LogOrigin = makeOrigin(),
  fileId = 7n,
): LogBlock {
  const writer = new BlockWriter({ messageBytes: 1024, lines: 16 })
  writer.begin(origin, fileId)
  for (const [n, { message, atMs = n, attributes = '', level = 'info' }] of lines.entries()) {
    const bytes = Buffer.from(message)
    const line = { bytes, start: 0, end: bytes.length, position: n * 100, output: 1 }
    const timeNs = BigInt(startMs + atMs) * 1_000_000n + 7n
    writer.append({ ...line, timeNs }, logLevels.indexOf(level), attributes)
  }
  return writer.take()
}
