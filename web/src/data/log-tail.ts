import type { LogTailRows } from '../../../src/api/contract/logs.ts'
import type { EventStream } from './live-stream.ts'
import { retryPauseMs } from './retry-pause.ts'

/** A tail that is followed until it is closed. */
export interface LogTail {
  /** From where another tail would go on without losing a line. */
  readonly position: () => string
  readonly close: () => void
}

/** What a tail needs from its surroundings. */
export interface LogTailOptions {
  /** Opens the stream of what came in after a position. */
  readonly open: (after: string) => EventStream
  readonly after: string
  readonly onRows: (batch: LogTailRows) => void
  /** Between 0 and 1: spreads the tries of many pages over time. */
  readonly random: () => number
}

/** Follows what comes in. A stream that breaks is opened again where it broke, after a pause that doubles. */
export function openLogTail(options: LogTailOptions): LogTail {
  let { after } = options
  let source: EventStream | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  function connect(): void {
    const opened = options.open(after)
    source = opened
    opened.addEventListener('error', lose)
    opened.addEventListener('rows', (event) => {
      if (!(event instanceof MessageEvent) || source !== opened) return
      failures = 0
      if (event.lastEventId !== '') after = event.lastEventId
      // The server's contract (`api/contract/logs.ts`) says what the event carries.
      const rows: LogTailRows = JSON.parse(String(event.data))
      options.onRows(rows)
    })
  }

  function lose(): void {
    end()
    timer = setTimeout(connect, retryPauseMs(failures, options.random))
    failures += 1
  }

  function end(): void {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }

  connect()
  return { position: () => after, close: end }
}
