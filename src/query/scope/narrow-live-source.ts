import type { TagScope } from '../../model/person.ts'
import type { LiveContainer } from '../../store/live-container.ts'
import type { LiveChanges } from '../../store/live-table.ts'
import type { LiveSource } from '../live.ts'
import { narrowAgents } from './narrow-agents.ts'
import { seesContainer } from './sees-container.ts'

/**
 * The same source as if there were no containers but those that meet a scope, and no agents but those of their hosts. It
 * takes one follower.
 */
export function narrowLiveSource(source: LiveSource, scope: TagScope): LiveSource {
  const isSeen = (live: LiveContainer): boolean => seesContainer(scope, live)
  const snapshot = (): LiveContainer[] => source.snapshot().filter(isSeen)
  /** Hosts of the containers that the follower knows of, by the containers' keys. */
  const known = new Map<number, string>()
  return {
    snapshot,
    agents: () => narrowAgents(source.agents(), new Set(known.values())),
    follow({ onChanges, onSecond }) {
      for (const { key, host } of snapshot()) known.set(key, host)
      return source.follow({
        onChanges: (changes) => onChanges(narrowChanges(changes, known, isSeen)),
        onSecond,
      })
    },
  }
}

/** The part of changes that is about what is seen; a container that is seen no more is told as removed. */
function narrowChanges(
  { ticks, changed, removedKeys }: LiveChanges,
  known: Map<number, string>,
  isSeen: (live: LiveContainer) => boolean,
): LiveChanges {
  const seen = changed.filter(isSeen)
  for (const { key, host } of seen) known.set(key, host)
  const hidden = changed.filter((live) => !isSeen(live)).map(({ key }) => key)
  const gone = [...removedKeys, ...hidden].filter((key) => known.delete(key))
  const rows = ticks.map((tick) => ({
    ...tick,
    rows: tick.rows.filter(([key]) => typeof key === 'number' && known.has(key)),
  }))
  return {
    ticks: rows.filter((tick) => tick.rows.length > 0),
    changed: seen,
    removedKeys: gone,
  }
}
