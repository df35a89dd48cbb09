import { logOutputs } from '../../../model/log-level.ts'
import { FileCursor } from './file-cursor.ts'
import type { ApiFrameOptions, ApiFrames, OpenApiFrames } from './frames.ts'
import { findByte } from './line-ends.ts'
import { LineSplitter } from './line-splitter.ts'
import { MultiplexedStream } from './multiplexed-stream.ts'
import { PartJoiner } from './part-joiner.ts'
import { StampedParts } from './stamped-parts.ts'
import { openTerminalReader } from './terminal-reader.ts'

/** Makes the reader of one container's stream. Lines that the engine has cut are joined, also from one answer to the next. */
export const openApiFrames: OpenApiFrames = (options) => {
  const { isTty, since, clock, to, onDamage } = options
  const cursor = new FileCursor()
  const joiner = new PartJoiner({ ...options, cursor })
  const parts = new StampedParts({ cursor, joiner, since, onDamage })
  const frames = new MultiplexedStream((bytes, range, kind) => {
    if (kind === engineKind) onDamage(bytes.toString('utf8', range.start, range.end).trim())
    else addFrame(parts, bytes, { ...range, lane: kind === stderr ? stderr : stdout })
  })
  let lines = openLines(options, { cursor, joiner, parts })
  let hasFrames = !isTty

  function take(given: Uint8Array): void {
    cursor.readAtNs = BigInt(Math.round(clock())) * 1_000_000n
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.length)
    const noFrame = hasFrames ? frames.take(bytes) : bytes
    if (noFrame === undefined) return
    if (hasFrames) onDamage('the stream does not go on with a frame, and is read as lines')
    hasFrames = false
    lines.take(noFrame, 0)
  }

  return {
    begin: () => {
      parts.begin()
      frames.begin()
      lines = openLines(options, { cursor, joiner, parts })
      hasFrames = !isTty
    },
    take,
    settle: (sinceMs) => {
      joiner.settle(sinceMs)
      to.settle(sinceMs)
    },
    end: () => {
      lines.end()
      joiner.end()
      to.end()
    },
    resumeAt: () => {
      const waiting = cursor.earlier(to.waitingFrom(), joiner.waitingFrom())
      // The line of that very moment would be left out.
      return {
        since: waiting === undefined ? parts.newest : timeOfMicros(Math.max(waiting.offset - 1, 0)),
      }
    },
  } satisfies ApiFrames
}

interface Common {
  readonly cursor: FileCursor
  readonly joiner: PartJoiner
  readonly parts: StampedParts
}

function openLines(
  { nowMs, onDamage }: ApiFrameOptions,
  { cursor, joiner, parts }: Common,
): LineSplitter {
  return new LineSplitter({
    cursor,
    reader: openTerminalReader({ cursor, joiner, onDamage }, parts),
    findEnd: findByte,
    unitBytes: 1,
    limitBytes: mostLineBytes,
    nowMs,
    onDamage,
  })
}

/** A frame of the engine itself; the kinds of the outputs are their places in `logOutputs`. */
const engineKind = 3
const stdout = logOutputs.indexOf('stdout')
const stderr = logOutputs.indexOf('stderr')
const lineEnd = 10
const mostLineBytes = 1024 * 1024

/** A frame is a line, or without a line end a part of one. */
function addFrame(
  parts: StampedParts,
  bytes: Buffer,
  { start, end, lane }: { readonly start: number; readonly end: number; readonly lane: number },
): void {
  const isLast = bytes[end - 1] === lineEnd
  parts.add(bytes, { start, end: isLast ? end - 1 : end, lane, isLast })
}

/** RFC 3339 with nanoseconds. */
function timeOfMicros(micros: number): string {
  const text = new Date(Math.floor(micros / 1000)).toISOString()
  return text.replace('Z', `${String(micros % 1000).padStart(3, '0')}000Z`)
}
