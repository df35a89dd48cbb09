import { logOutputs } from '../../../model/log-level.ts'
import type { LineReader } from './line-splitter.ts'
import { type LineReaderOptions, openRawReader } from './raw-reader.ts'
import type { StampedParts } from './stamped-parts.ts'

/**
 * Reads the lines of a terminal as the engine's API gives them: each begins with its time, and where the engine has cut it,
 * after each 16 KiB, stands a time again.
 * @see moby, daemon/logger/copier.go
 */
export function openTerminalReader(options: LineReaderOptions, parts: StampedParts): LineReader {
  const raw = openRawReader(options)

  function line(bytes: Buffer, start: number, end: number): void {
    let from = start
    for (;;) {
      const text = parts.textFrom(bytes, from, end)
      const cut = text + partBytes
      if (text < 0 || cut >= end || parts.textFrom(bytes, cut, end) < 0) break
      parts.add(bytes, { start: from, end: cut, lane: stdout, isLast: false })
      from = cut
    }
    parts.add(bytes, { start: from, end, lane: stdout, isLast: true })
  }

  return { line, part: raw.part, lastPart: raw.lastPart }
}

const stdout = logOutputs.indexOf('stdout')
/** After so many bytes without a line end the engine cuts. */
const partBytes = 16 * 1024
