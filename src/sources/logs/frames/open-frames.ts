import type { ByteTaker } from '../byte-taker.ts'
import type { Place } from '../entry.ts'
import { openCriReader } from './cri-reader.ts'
import { openDockerJsonReader } from './docker-json-reader.ts'
import { DockerLocalReader } from './docker-local-reader.ts'
import { FileCursor } from './file-cursor.ts'
import type { FrameReader } from './frame-reader.ts'
import type { FrameOptions, OpenFrames } from './frames.ts'
import { findByte, lineEndOf } from './line-ends.ts'
import { type LineReader, LineSplitter, type SplitterOptions } from './line-splitter.ts'
import { PairedBytes } from './paired-bytes.ts'
import { PartJoiner } from './part-joiner.ts'
import { openPlainReader } from './plain-reader.ts'

/**
 * Makes the reader of one origin's bytes. What it hands on does not depend on how the bytes were cut. A line of which a part
 * was read waits for the others, also in the next file; lines of the other output that come meanwhile are handed on, so that
 * they come again when the origin is read anew from `resumeAt()`.
 */
export const openFrames: OpenFrames = (options) => {
  const { maxMessageBytes, nowMs, clock, to } = options
  const cursor = new FileCursor()
  const joiner = new PartJoiner({ cursor, maxMessageBytes, nowMs, to })
  let reader = openReader(options, { cursor, joiner })
  let position = 0
  let isOpen = false

  function beginFile(file: Place): void {
    const from = joiner.waitingFrom() ?? cursor.here()
    if (isOpen && file.fileId === from.fileId && file.offset <= from.offset) {
      reader = openReader(options, { cursor, joiner })
      joiner.forget()
    } else reader.end()
    cursor.begin(file)
    position = file.offset
    isOpen = true
  }

  function settle(sinceMs: number): void {
    reader.settle(sinceMs)
    joiner.settle(sinceMs)
    to.settle(sinceMs)
  }

  return {
    beginFile,
    take: (bytes) => {
      cursor.readAtNs = BigInt(Math.round(clock())) * 1_000_000n
      reader.take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), position)
      position += bytes.length
    },
    endFile: () => {
      reader.end()
      isOpen = false
    },
    settle,
    end: () => {
      reader.end()
      joiner.end()
      to.end()
    },
    resumeAt: () => cursor.earlier(to.waitingFrom(), joiner.waitingFrom()) ?? cursor.here(),
  } satisfies ByteTaker
}

interface Common {
  readonly cursor: FileCursor
  readonly joiner: PartJoiner
}

function openReader(options: FrameOptions, { cursor, joiner }: Common): FrameReader {
  const { framing, encoding, nowMs, onDamage } = options
  const common = { cursor, joiner, onDamage }
  const split = (reader: LineReader, more: Partial<SplitterOptions> = {}): LineSplitter =>
    new LineSplitter({
      cursor,
      reader,
      findEnd: findByte,
      unitBytes: 1,
      limitBytes: mostLineBytes,
      nowMs,
      onDamage,
      ...more,
    })
  switch (framing) {
    case 'docker-json':
      return withoutSettling(split(openDockerJsonReader(common)))
    case 'cri':
      return withoutSettling(split(openCriReader(common)))
    case 'docker-local':
      return withoutSettling(new DockerLocalReader(common))
    case 'plain': {
      const lineEnd = lineEndOf(encoding)
      const splitter = split(openPlainReader(common, encoding), {
        ...lineEnd,
        limitBytes: plainPartBytes,
      })
      return lineEnd.unitBytes === 1 ? splitter : new PairedBytes(splitter)
    }
  }
}

/** The engine and the kubelet write a line at once: half of one is damage, not a line that waits. */
function withoutSettling(reader: Omit<FrameReader, 'settle'>): FrameReader {
  return {
    take: (bytes, position) => reader.take(bytes, position),
    end: () => reader.end(),
    settle: () => {},
  }
}

/** Of a line with its frame; the engine cuts lines at 16 KiB. */
const mostLineBytes = 1024 * 1024
/** A plain line is put together where it is cut to its allowed size too. */
const plainPartBytes = 64 * 1024
