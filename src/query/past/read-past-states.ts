import type { ContainerRecord } from '../../store/store.ts'
import {
  containerStateColumns,
  toContainerRecord,
  type ContainerStateRow,
} from '../../store/recent-containers.ts'
import { readRows } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'

/**
 * A container that lives on unchanged is written again every 6 h while its agent reports, and one whose agent has been
 * silent for a day is forgotten: no row of what the live table showed is older than that.
 */
const lookBackMs = 30 * 3_600_000
/** States that are read after the first moment; with more the last ones are missing. */
const maxChanges = 100_000

/** What a list of containers does not show is not read. */
const columns = `${containerStateColumns},
  '' AS image_id, '' AS command, [] AS env, [] AS ports, [] AS mounts, [] AS networks`

/** The states in which all containers were just before a moment (Unix milliseconds), but for removed ones. */
export async function readStatesBefore(
  client: ReadClient,
  momentMs: number,
): Promise<readonly ContainerRecord[]> {
  const rows = await readRows<ContainerStateRow>(client, (parameters) => {
    const within = `time >= fromUnixTimestamp64Milli(${parameters.whole(momentMs - lookBackMs)}, 'UTC')
        AND time < fromUnixTimestamp64Milli(${parameters.whole(momentMs)}, 'UTC')`
    return `SELECT ${columns}
    FROM vigie.container_states FINAL
    WHERE ${within} AND (id, time) GLOBAL IN (
      SELECT id, max(time) FROM vigie.container_states
      WHERE ${within}
      GROUP BY id HAVING argMax(state, time) != 'removed'
    )
    ORDER BY host, name, id`
  })
  return rows.map(toContainerRecord)
}

/** What containers changed to from one moment on and before another, in the order of time. */
export async function readStatesBetween(
  client: ReadClient,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly ContainerRecord[]> {
  if (toMs <= fromMs) return []
  const rows = await readRows<ContainerStateRow>(
    client,
    (parameters) => `SELECT ${columns}
    FROM vigie.container_states FINAL
    WHERE time >= fromUnixTimestamp64Milli(${parameters.whole(fromMs)}, 'UTC')
      AND time < fromUnixTimestamp64Milli(${parameters.whole(toMs)}, 'UTC')
    ORDER BY time, id
    LIMIT ${maxChanges}`,
  )
  return rows.map(toContainerRecord)
}
