import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from '../../config/settings.ts'
import type { LogPane } from '../../terminal/live/log-pane.ts'
import { followLines } from '../logs/follow-lines.ts'
import { readHistory } from '../logs/read-history.ts'

export interface FollowLogOptions {
  readonly settings: Settings
  readonly containerId: string
  readonly pane: LogPane
  readonly signal: AbortSignal
  readonly onNews: () => void
}

const linesBefore = 500
/** Longer than any lines are kept. */
const lookBackMs = 400 * 86_400_000
const pauseMs = 2000

/** Fills the pane with the newest lines of a container and goes on with those that come, until `signal` aborts. */
export async function followLog(options: FollowLogOptions): Promise<void> {
  const { pane, signal, onNews } = options
  pane.say('Reading the log')
  while (!signal.aborted) {
    await followOnce(options).catch((error: unknown) => {
      if (signal.aborted) return
      const sentence = error instanceof Error ? error.message : String(error)
      pane.say(`${sentence}; trying again`)
      onNews()
    })
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function followOnce(options: FollowLogOptions): Promise<void> {
  const { settings, containerId, pane, signal, onNews } = options
  const query = `container_id:${containerId}`
  const nowMs = Date.now()
  const asked = { query, fromMs: nowMs - lookBackMs, toMs: nowMs, lines: linesBefore }
  const { tail } = await readHistory({ settings, options: asked, signal }, (rows) => {
    if (!signal.aborted) pane.append(rows)
  })
  if (signal.aborted) return
  pane.say('')
  onNews()
  await followLines({
    settings,
    query,
    after: tail,
    signal,
    onRows: (rows) => {
      pane.append(rows)
      pane.say('')
      onNews()
    },
    onSkipped: (count) => {
      pane.say(`${count} lines came too fast and were skipped`)
      onNews()
    },
    onBroken: (sentence) => {
      pane.say(`${sentence}; trying again`)
      onNews()
    },
  })
}
