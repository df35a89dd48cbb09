import { readRows, type WriteSql } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'
import { momentSql } from './span-sql.ts'
import type { StoredHappening } from './stored-happening.ts'

/** A container of a name, and how long it was there. */
interface Known {
  readonly id: string
  readonly host: string
  readonly name: string
  readonly tags: readonly string[]
  /** Unix milliseconds. */
  readonly firstMs: number
  readonly lastMs: number
}

/** Inventories tell of a container a moment after the engine has told what it did. */
const apartMs = 5000
/** States older than this are not looked through for a name. */
const lookBackMs = 7 * 86_400_000
const idTag = 'container_id:'
/** With these a container makes room for another of the same name. */
const endings: ReadonlySet<string> = new Set(['stop', 'kill', 'oom', 'die', 'destroy'])

/**
 * The same happenings; where an engine's bundle names a container among others, with the id and the tags of the one that had
 * that name on that host then. Throws what the store throws.
 */
export async function nameContainers(
  read: ReadClient,
  happenings: readonly StoredHappening[],
): Promise<readonly StoredHappening[]> {
  const unnamed = happenings.filter(isUnnamed)
  if (unnamed.length === 0) return happenings
  const known = await readKnown(read, unnamed)
  return happenings.map((happening) => {
    const own = isUnnamed(happening) ? choose(known, happening) : undefined
    return own === undefined ? happening : { ...happening, containerId: own.id, tags: own.tags }
  })
}

function isUnnamed({ kind, containerId, containerName }: StoredHappening): boolean {
  return containerId === '' && containerName !== '' && kind !== 'event' && kind !== 'check'
}

/** By the ids that the bundles' tags have, which are few; by their names where a bundle has no ids. */
async function readKnown(
  read: ReadClient,
  unnamed: readonly StoredHappening[],
): Promise<readonly Known[]> {
  const ids = new Set(unnamed.flatMap(idsOf))
  const others = unnamed.filter((happening) => idsOf(happening).length === 0)
  const byId: WriteSql = (parameters) => `id IN ${parameters.texts([...ids])}`
  const byName: WriteSql = (parameters) => {
    const times = others.map(({ key }) => key.timeMs)
    const hosts = parameters.texts(others.map(({ host }) => host))
    const names = parameters.texts(others.map(({ containerName }) => containerName))
    return `(host, name) IN (SELECT arrayJoin(arrayZip(${hosts}, ${names})) AS pair)
      AND time >= ${momentSql(Math.min(...times) - lookBackMs, parameters)} AND time <= ${momentSql(Math.max(...times) + apartMs, parameters)}`
  }
  return [
    ...(ids.size === 0 ? [] : await readStates(read, byId)),
    ...(others.length === 0 ? [] : await readStates(read, byName)),
  ]
}

function idsOf({ tags }: StoredHappening): readonly string[] {
  return tags.filter((tag) => tag.startsWith(idTag)).map((tag) => tag.slice(idTag.length))
}

function readStates(read: ReadClient, where: WriteSql): Promise<readonly Known[]> {
  return readRows<Known>(
    read,
    (parameters) => `
SELECT id, newest.1 AS host, newest.2 AS name, newest.3 AS tags, firstMs,
  if(newest.4 = 'removed', newestMs, 9e15) AS lastMs
FROM (
  SELECT id, argMax((toString(host), name, tags, toString(state)), time) AS newest,
    toFloat64(toUnixTimestamp64Milli(min(time))) AS firstMs, toFloat64(toUnixTimestamp64Milli(max(time))) AS newestMs
  FROM vigie.container_states WHERE ${where(parameters)} GROUP BY id
)
ORDER BY firstMs, id`,
  )
}

/** The one that was there; of two, one of which took the place of the other, the first where something ended. */
function choose(known: readonly Known[], happening: StoredHappening): Known | undefined {
  const { host, containerName, key, action } = happening
  const there = known.filter(
    (one) =>
      one.host === host &&
      one.name === containerName &&
      one.firstMs - apartMs <= key.timeMs &&
      one.lastMs + apartMs >= key.timeMs,
  )
  return endings.has(action) ? there[0] : there.at(-1)
}
