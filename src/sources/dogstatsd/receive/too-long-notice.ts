import type { WorkerReport } from './worker-protocol.ts'

export interface NoticeParts {
  /** `dogstatsd_stream_log_too_big`. */
  readonly isWanted: boolean
  /** Longest frame. */
  readonly maxBytes: number
  readonly post: (report: WorkerReport) => void
}

const everyMs = 1000

/** Tells of clients whose frames are too long, where the configuration asks for it: once a second at most. */
export class TooLongNotice {
  readonly #parts: NoticeParts
  #nextMs = 0

  constructor(parts: NoticeParts) {
    this.#parts = parts
  }

  tell(lengthBytes: number): void {
    const { isWanted, maxBytes, post } = this.#parts
    const nowMs = performance.now()
    if (!isWanted || nowMs < this.#nextMs) return
    this.#nextMs = nowMs + everyMs
    const sentence = `Cannot read a frame of ${lengthBytes} bytes, at most ${maxBytes} are allowed: the connection is closed`
    post({ kind: 'complaints', complaints: [{ sentence, reason: 'bad.frame' }] })
  }
}
