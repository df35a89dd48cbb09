import { DockerJsonLine, messageBegin } from './docker-json-line.ts'
import type { LineReader } from './line-splitter.ts'
import { emptyPart } from './part-joiner.ts'
import { type LineReaderOptions, openRawReader } from './raw-reader.ts'

/** Reads the lines of the driver `json-file`. What is none is handed on as it is, but for a whole line at its end. */
export function openDockerJsonReader({ cursor, joiner, onDamage }: LineReaderOptions): LineReader {
  const parsed = new DockerJsonLine()
  const raw = openRawReader({ cursor, joiner, onDamage })
  const part = emptyPart(0)

  function line(bytes: Buffer, start: number, end: number): void {
    if (!parsed.read(bytes, start, end)) {
      lineWithRests(bytes, start, end)
      return
    }
    if (parsed.timeNs === undefined) onDamage(`no time in the line at byte ${cursor.base + start}`)
    part.bytes = parsed.bytes
    part.start = parsed.start
    part.end = parsed.end
    part.timeNs = parsed.timeNs ?? cursor.readAtNs
    part.lane = parsed.output
    part.position = cursor.base + start
    part.fileBytes = end - start
    part.isLast = parsed.isLast
    joiner.add(part)
  }

  /** A full disk, or a crash, leaves half a line, and the engine goes on behind it without a line end. */
  function lineWithRests(bytes: Buffer, start: number, end: number): void {
    const whole = start + bytes.subarray(start, end).lastIndexOf(messageBegin)
    const isWhole = whole > start && parsed.read(bytes, whole, end)
    raw.line(bytes, start, isWhole ? whole : end)
    if (isWhole) line(bytes, whole, end)
  }

  return { line, part: raw.part, lastPart: raw.lastPart }
}
