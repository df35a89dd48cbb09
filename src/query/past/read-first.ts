import { pointTiers } from '../../store/rollups/point-tiers.ts'
import { readRows } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'

interface FirstRow {
  readonly name: string
  readonly firstS: number
}

/** No table is coarser, and a row stands at the start of its interval. */
const coarsestS = 3600

/**
 * The first second of which anything is kept, Unix time: that of the first container, or where none ever was, of the first
 * figure. The tables know it of each of their parts, so that nothing is unpacked for it. Undefined where nothing is kept.
 */
export async function readFirstS(client: ReadClient): Promise<number | undefined> {
  const tables = ['container_states', ...pointTiers.map(({ table }) => table)]
  const rows = await readRows<FirstRow>(client, () =>
    tables
      .map(
        (table) =>
          `SELECT '${table}' AS name, toFloat64(toUnixTimestamp(min(time))) AS firstS
          FROM vigie.${table} HAVING count() > 0`,
      )
      .join(' UNION ALL '),
  )
  const firsts = new Map(rows.map(({ name, firstS }) => [name, firstS]))
  const ofContainers = firsts.get('container_states')
  if (ofContainers !== undefined) return ofContainers
  const ofPoints = pointTiers.flatMap(({ table }) => firsts.get(table) ?? [])
  const oldestS = Math.min(...ofPoints)
  // Of the tables that reach back to the same hour, the finest knows the second.
  return ofPoints.find((firstS) => firstS - (firstS % coarsestS) <= oldestS)
}
