import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { eventFrame, openEventResponse } from './event-response.ts'
import { HttpError } from './http-error.ts'

/** Bounds of one stream of events. */
export interface EventStreamLimits {
  readonly liveStreams: number
  readonly liveStreamBytes: number
}

/** Server-sent events to any number of readers, each event written once for all of them. */
export interface EventStream {
  /**
   * Makes the reply a stream that starts with the first event.
   * @throws {HttpError} 503 when there are too many streams.
   */
  readonly open: (reply: FastifyReply) => void
  /** Sends to all who keep up; a reader that does not gets a fresh first event once it has caught up. */
  readonly send: (event: string, data: unknown) => void
  readonly readerCount: () => number
  /** Ends all streams and takes no more. */
  readonly close: () => void
}

/** What a new reader, or one that missed something, starts from. */
export interface FirstEvent {
  readonly event: string
  /** JSON text. */
  readonly json: () => string
}

/** How many read one of several streams. */
export interface StreamTally {
  readers: number
}

const heartbeatMs = 15_000
/** A reader that has taken nothing for this long is gone. */
const stalledMs = 30_000

interface Reader {
  readonly response: ServerResponse
  /** Of its last first event, which may wait on top of what the limit allows. */
  firstBytes: number
  behindSinceMs: number | undefined
}

/**
 * Opens a stream of events; `first` is asked for whenever a reader needs to start (again).
 * @param tally Shared by streams whose readers are bounded together.
 */
export function openEventStream(
  first: FirstEvent,
  limits: EventStreamLimits,
  tally: StreamTally = { readers: 0 },
): EventStream {
  const readers = new Set<Reader>()
  let isClosed = false

  function start(reader: Reader): void {
    const bytes = eventFrame(first.event, first.json())
    reader.behindSinceMs = undefined
    reader.firstBytes = bytes.length
    reader.response.write(bytes)
  }
  function sendFrame(bytes: string | Buffer): void {
    for (const reader of readers) {
      if (reader.behindSinceMs !== undefined) {
        if (Date.now() - reader.behindSinceMs > stalledMs) reader.response.destroy()
        continue
      }
      reader.response.write(bytes)
      const waitingBytes = reader.response.writableLength - reader.firstBytes
      if (waitingBytes > limits.liveStreamBytes) reader.behindSinceMs = Date.now()
    }
  }
  function leave(reader: Reader): void {
    if (readers.delete(reader)) tally.readers -= 1
  }
  const heartbeat = setInterval(() => sendFrame(': alive\n\n'), heartbeatMs)
  heartbeat.unref()

  return {
    open(reply) {
      if (isClosed) throw new HttpError(503, 'Cannot open a live stream: the server is stopping')
      if (tally.readers >= limits.liveStreams) throw tellTaken(limits)
      const reader: Reader = {
        response: openEventResponse(reply),
        firstBytes: 0,
        behindSinceMs: undefined,
      }
      readers.add(reader)
      tally.readers += 1
      reader.response.on('close', () => leave(reader))
      reader.response.on('error', () => leave(reader))
      reader.response.on('drain', () => {
        if (reader.behindSinceMs !== undefined) start(reader)
      })
      start(reader)
    },
    send(event, data) {
      if (readers.size > 0) sendFrame(eventFrame(event, JSON.stringify(data)))
    },
    readerCount: () => readers.size,
    close() {
      isClosed = true
      clearInterval(heartbeat)
      for (const reader of readers) reader.response.end()
    },
  }
}

function tellTaken({ liveStreams }: EventStreamLimits): HttpError {
  return new HttpError(
    503,
    `Cannot open a live stream: all ${liveStreams} are taken; close another page`,
    { 'retry-after': '5' },
  )
}
