import { blockLength } from './blocks-sql.ts'
import type { FrameGrid } from './frame.ts'
import { readBinaryRows, type WriteSql } from './read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** What one group of series has. */
export interface GroupValues {
  /** The values of the keys that the query groups by. */
  readonly groups: readonly string[]
  /** One for each interval of the grid, NaN where there is nothing. */
  readonly values: Float64Array
}

/** Asks a statement whose rows are those of `pointsSql` and puts the blocks of each group together. */
export async function readGroups(
  client: ReadClient,
  write: WriteSql,
  grid: FrameGrid,
): Promise<readonly GroupValues[]> {
  const found = new Map<string, GroupValues>()
  const rows = await readBinaryRows(client, write, (reader) => ({
    groups: reader.texts(),
    first: reader.whole() * blockLength(grid),
    values: reader.reals(),
  }))
  for (const { groups, first, values } of rows) {
    const key = JSON.stringify(groups)
    const group = found.get(key) ?? {
      groups,
      values: new Float64Array(grid.length).fill(Number.NaN),
    }
    group.values.set(values.subarray(0, grid.length - first), first)
    found.set(key, group)
  }
  return [...found.values()]
}
