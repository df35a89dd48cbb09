import { setTimeout as sleep } from 'node:timers/promises'
import type { LogRow, LogTailRows } from '../../api/contract/logs.ts'
import type { ErrorAnswer } from '../../api/contract/query.ts'
import type { Settings } from '../../config/settings.ts'
import { openServerStream } from '../server-client.ts'
import { readEvents } from './read-events.ts'

export interface FollowOptions {
  readonly settings: Settings
  readonly query: string
  /** `tail` of a list. */
  readonly after: string
  readonly signal: AbortSignal
  readonly onRows: (rows: readonly LogRow[]) => void
  /** Lines that came too fast. */
  readonly onSkipped: (count: number) => void
  /** The connection broke; it is tried again. */
  readonly onBroken: (sentence: string) => void
  readonly pauseMs?: number
}

/** The server cannot go on with the stream. */
class TailFaultError extends Error {
  override readonly name = 'TailFaultError'
  readonly code = 'TAIL_FAULT'
}

interface Place {
  /** The id of the last event. */
  id: string
  wasOpen: boolean
  isBroken: boolean
}

/**
 * Gives new lines as they come until `signal` aborts; when the connection breaks, it goes on where it was.
 * @throws {ServerUnreachableError | TailFaultError} When the server refuses at once, or cannot go on with the query.
 */
export async function followLines(options: FollowOptions): Promise<void> {
  const { signal, onBroken, pauseMs = 1000 } = options
  const place: Place = { id: options.after, wasOpen: false, isBroken: false }
  while (!signal.aborted) {
    const reason = await followOnce(options, place).catch((error: unknown) => {
      if (signal.aborted) return ''
      if (error instanceof TailFaultError || !place.wasOpen) throw error
      return error instanceof Error ? error.message : String(error)
    })
    if (signal.aborted) return
    if (!place.isBroken) onBroken(reason || 'The server has ended the stream')
    place.isBroken = true
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function followOnce(options: FollowOptions, place: Place): Promise<undefined> {
  const search = new URLSearchParams({ query: options.query, after: place.id })
  const path = `/api/logs/tail?${search.toString()}`
  const stream = await openServerStream(options.settings, path, options.signal)
  place.wasOpen = true
  place.isBroken = false
  for await (const { event, data, id } of readEvents(stream)) {
    if (event === 'fault') throw new TailFaultError(tellFault(data))
    if (event === 'rows') takeRows(data, options)
    if (id !== '') place.id = id
  }
  return undefined
}

function takeRows(data: string, { onRows, onSkipped }: FollowOptions): void {
  // Both sides are of the same version.
  const { rows, skipped }: LogTailRows = JSON.parse(data)
  if (skipped > 0) onSkipped(skipped)
  onRows(rows)
}

function tellFault(data: string): string {
  const { errors }: ErrorAnswer = JSON.parse(data)
  return errors.join('; ')
}
