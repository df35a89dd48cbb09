import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from '../../config/settings.ts'
import type { LiveTable } from '../../terminal/live/live-table.ts'
import { readEvents } from '../logs/read-events.ts'
import { openServerStream } from '../server-client.ts'

export interface FollowLiveOptions {
  readonly settings: Settings
  readonly table: LiveTable
  readonly signal: AbortSignal
  /** Something was heard, or the link stands otherwise. */
  readonly onNews: (event: string) => void
}

/** An agent is heard once a second; after this long without a word the stream counts as lost. */
const silenceMs = 6000
const firstPauseMs = 500
const longestPauseMs = 15_000

/**
 * Keeps the live stream open into the table until `signal` aborts: one that breaks or falls silent is opened again after
 * a pause that doubles.
 * @throws {ServerUnreachableError} When the very first try fails.
 */
export async function followLive(options: FollowLiveOptions): Promise<void> {
  const { table, signal } = options
  let failures = 0
  let sinceMs: number | undefined
  while (!signal.aborted) {
    const reason = await followOnce(options, () => {
      failures = 0
      sinceMs = undefined
    }).catch((error: unknown) => {
      if (!table.isFilled() && !signal.aborted) throw error
      return error instanceof Error ? error.message : String(error)
    })
    if (signal.aborted) return
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * spread()
    failures += 1
    sinceMs ??= Date.now()
    table.setLink({ kind: 'lost', sinceMs, retryAtMs: Date.now() + pauseMs, reason })
    options.onNews('link')
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

/** @returns Why the stream ended. */
async function followOnce(options: FollowLiveOptions, onOpen: () => void): Promise<string> {
  const { settings, table, signal } = options
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), silenceMs)
  const either = AbortSignal.any([signal, silence.signal])
  try {
    for await (const { event, data } of readEvents(
      await openServerStream(settings, '/api/live', either),
    )) {
      timer.refresh()
      table.take(event, data)
      if (event === 'snapshot') {
        table.setLink({ kind: 'live' })
        onOpen()
      }
      options.onNews(event)
    }
    return 'the server has ended the stream'
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

/** Many screens that lost the same server do not come back in the same moment. */
function spread(): number {
  return 0.8 + Math.random() * 0.4
}
