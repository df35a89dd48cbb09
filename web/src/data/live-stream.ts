import type { LiveEvent, LiveStore } from './live-store.ts'
import { retryPauseMs } from './retry-pause.ts'

/** The stream as the pages steer it. */
export interface LiveStream {
  /** Ends the stream and keeps what is shown. */
  pause(): void
  /** Opens the stream again; the snapshot it starts with brings all up to date. */
  resume(): void
  /** Does not wait for the next try. */
  retryNow(): void
  close(): void
}

/** What is used of the browser's `EventSource`. */
export interface EventStream {
  addEventListener(kind: string, listener: (event: Event) => void): void
  close(): void
}

/** What a stream needs from its surroundings. */
export interface LiveStreamOptions {
  readonly open: () => EventStream
  /** Between 0 and 1: spreads the tries of many pages over time. */
  readonly random: () => number
}

/** An agent is heard once a second; after this long without a word the stream counts as lost. */
const silenceMs = 6000
const eventKinds = ['snapshot', 'tick', 'containers', 'agents', 'late'] as const

/**
 * Opens the live stream into the store and keeps it open: a stream that breaks or falls silent is opened again after a
 * pause that doubles, up to 15 s.
 */
export function openLiveStream(store: LiveStore, options: LiveStreamOptions): LiveStream {
  let source: EventStream | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let lostSinceMs: number | undefined

  function connect(): void {
    end()
    const opened = options.open()
    source = opened
    timer = setTimeout(lose, silenceMs)
    opened.addEventListener('error', lose)
    for (const kind of eventKinds) {
      opened.addEventListener(kind, (event) => hear(kind, event))
    }
  }

  function hear(kind: LiveEvent['kind'], event: Event): void {
    if (!(event instanceof MessageEvent)) return
    clearTimeout(timer)
    timer = setTimeout(lose, silenceMs)
    // The server's contract (`api/contract/live.ts`) says what each kind carries.
    store.apply({ kind, data: JSON.parse(String(event.data)) })
    if (store.link().kind === 'live') return
    failures = 0
    lostSinceMs = undefined
    store.setLink({ kind: 'live' })
  }

  function lose(): void {
    end()
    const pauseMs = retryPauseMs(failures, options.random)
    failures += 1
    lostSinceMs ??= Date.now()
    store.setLink({ kind: 'lost', sinceMs: lostSinceMs, retryAtMs: Date.now() + pauseMs })
    timer = setTimeout(connect, pauseMs)
  }

  function end(): void {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }

  connect()
  return {
    pause() {
      end()
      store.setLink({ kind: 'paused', sinceMs: Date.now() })
    },
    resume() {
      store.setLink({ kind: 'connecting' })
      connect()
    },
    retryNow: connect,
    close: end,
  }
}
