import { listAgents, type AgentAnswer } from './agents.ts'
import type { LiveContainer } from '../store/live-container.ts'
import type { LiveChanges, LiveTable } from '../store/live-table.ts'

/** Who is told what happens in the live table. */
export interface LiveFollower {
  /** New figures, and containers that changed or went. */
  readonly onChanges: (changes: LiveChanges) => void
  /** Once a second. */
  readonly onSecond: () => void
}

/** What a live stream is made of. */
export interface LiveSource {
  /** All containers that the agents know now; the next changes tell all that is newer. */
  readonly snapshot: () => LiveContainer[]
  readonly agents: () => AgentAnswer[]
  /** Any number may follow: all are told the same changes. */
  readonly follow: (follower: LiveFollower) => LiveFollowing
}

/** The way to follow no longer. */
export interface LiveFollowing {
  readonly close: () => void
}

/** Time for the rest of a second's batches to come in, so that one tick carries them. */
const gatherMs = 100
/** Shortest time between two ticks, however many agents report at different moments. */
const betweenMs = 400
const secondMs = 1000

/**
 * Tells what is new shortly after it came in, so that a figure is on its way to the page some 100 ms after its batch, and
 * many agents together make at most two or three ticks a second.
 */
export function openLiveSource(table: LiveTable): LiveSource {
  const followers = new Set<LiveFollower>()
  let following: LiveFollowing | undefined
  const all: LiveFollower = {
    onChanges: (changes) => {
      for (const { onChanges } of followers) onChanges(changes)
    },
    onSecond: () => {
      for (const { onSecond } of followers) onSecond()
    },
  }
  return {
    snapshot: () => table.snapshot(),
    agents: () => listAgents(table),
    follow(follower) {
      followers.add(follower)
      following ??= followTable(table, all)
      return {
        close() {
          followers.delete(follower)
          if (followers.size > 0) return
          following?.close()
          following = undefined
        },
      }
    },
  }
}

/** The changes of the table are told once, so there is one who takes them. */
function followTable(table: LiveTable, follower: LiveFollower): LiveFollowing {
  let timer: NodeJS.Timeout | undefined
  let toldAtMs = Number.NEGATIVE_INFINITY

  function tell(): void {
    timer = undefined
    toldAtMs = performance.now()
    follower.onChanges(table.takeChanges())
  }
  const stop = table.onRecorded(() => {
    if (timer !== undefined) return
    timer = setTimeout(tell, Math.max(gatherMs, betweenMs - (performance.now() - toldAtMs)))
  })
  const seconds = setInterval(() => follower.onSecond(), secondMs)
  return {
    close() {
      stop()
      clearTimeout(timer)
      clearInterval(seconds)
    },
  }
}
