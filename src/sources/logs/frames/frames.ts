import type { LogEncoding } from '../../../component/log-config.ts'
import type { ByteTaker } from '../byte-taker.ts'
import type { EntryTaker } from '../entry.ts'

/**
 * How lines lie in the bytes of a file:
 * `docker-json` one JSON object on each line, as the driver `json-file` writes; `docker-local` the frames of the driver
 * `local`; `cri` the kubelet's `<time> <output> <P|F> <text>`; `plain` lines as they are.
 */
export type Framing = 'docker-json' | 'docker-local' | 'cri' | 'plain'

export interface FrameOptions {
  readonly framing: Framing
  /** For `plain`. */
  readonly encoding: LogEncoding
  /** Longer lines are cut into parts of at most this size; the parts carry no marker yet. */
  readonly maxMessageBytes: number
  /** Monotonic and Unix milliseconds. */
  readonly nowMs: () => number
  readonly clock: () => number
  readonly to: EntryTaker
  /** What cannot be read as the framing says: the line is handed on as it is, and this is told. */
  readonly onDamage: (what: string) => void
}

/** Makes the reader of one origin's bytes. */
export type OpenFrames = (options: FrameOptions) => ByteTaker

export interface ApiFrameOptions extends Omit<FrameOptions, 'framing' | 'encoding'> {
  /** The container has a terminal: its stream has no frames, and one output. */
  readonly isTty: boolean
  /** Where reading ended before, RFC 3339 with up to nanoseconds: the line of that moment is known. Empty: nowhere. */
  readonly since: string
}

/** Makes lines of what `GET /containers/<id>/logs?timestamps=1` answers, one answer after the other. It does not throw. */
export interface ApiFrames {
  /** What comes next is another answer. Of what it gives again, nothing is handed on again. */
  readonly begin: () => void
  /** The next bytes of the answer. They are valid during the call only. */
  readonly take: (bytes: Uint8Array) => void
  /** Hands on what has waited for its continuation since before `sinceMs` (monotonic milliseconds). */
  readonly settle: (sinceMs: number) => void
  /** Nothing more comes: hands on whatever waits. */
  readonly end: () => void
  /**
   * From when on the engine must be asked again, provided that all that was handed on so far is delivered: the newest line,
   * or the first that still waits here or further on. Empty before the first line.
   */
  readonly resumeAt: () => { readonly since: string }
}

/** Makes the reader of one container's stream. */
export type OpenApiFrames = (options: ApiFrameOptions) => ApiFrames
