import type { Writable } from 'node:stream'
import { eventFrame } from '../http/event-response.ts'
import type { QuestionError } from '../query/question-error.ts'
import type { TailFollower, TailPlace } from '../query/logs/tail/open-log-tails.ts'
import type { NewLines } from '../query/logs/tail/read-new-lines.ts'
import type { ErrorAnswer } from './contract/query.ts'

export interface TailReaderOptions {
  readonly frameOf: (news: NewLines, takenMs: number) => Buffer
  /** Bytes that may wait for the reader before it is given nothing for a while. */
  readonly waitingBytes: number
}

/** A reader that has taken nothing for this long is gone. */
const stalledMs = 30_000
/** How soon a page comes back when its connection broke. */
const retryMs = 1000

/**
 * One reader of a stream of lines. One that does not keep up is left alone until it has caught up, and then given the newest
 * of what it missed.
 */
export class TailReader implements TailFollower {
  readonly #options: TailReaderOptions
  #response: Writable | undefined
  #place: TailPlace | undefined
  #behindSinceMs: number | undefined

  constructor(options: TailReaderOptions) {
    this.#options = options
  }

  /** Begins to send; `onGone` is called when the connection is over. */
  start(response: Writable, place: TailPlace, onGone: () => void): void {
    this.#response = response
    this.#place = place
    const leave = (): void => {
      place.close()
      onGone()
    }
    response.on('close', leave).on('error', leave)
    response.on('drain', () => {
      this.#behindSinceMs = undefined
      place.wake()
    })
    response.write(`retry: ${retryMs}\nid: ${place.takenMs()}\n\n`)
    place.wake()
  }

  isReady(): boolean {
    return this.#response !== undefined && this.#behindSinceMs === undefined
  }

  take(news: NewLines, takenMs: number): void {
    const response = this.#response
    response?.write(this.#options.frameOf(news, takenMs))
    if (response && response.writableLength > this.#options.waitingBytes) {
      this.#behindSinceMs = Date.now()
    }
  }

  fail(error: QuestionError): void {
    const answer: ErrorAnswer = { errors: [error.message] }
    this.#response?.end(eventFrame('fault', JSON.stringify(answer)))
  }

  /** Tells how far the reader is, so that it goes on from there if it is cut off; cuts it off if it takes nothing. */
  keepAlive(): void {
    if (this.#behindSinceMs === undefined)
      this.#response?.write(`id: ${this.#place?.takenMs()}\n\n`)
    else if (Date.now() - this.#behindSinceMs > stalledMs) this.#response?.destroy()
  }

  end(): void {
    this.#response?.end()
  }
}
