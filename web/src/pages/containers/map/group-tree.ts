import type { LiveRow } from '../../../data/live-row.ts'
import type { Line } from '../arrange-rows.ts'

/** A group of containers, and the groups in it; where there are none, its containers are its own. */
export interface Branch {
  readonly name: string
  readonly rows: readonly LiveRow[]
  readonly branches: readonly Branch[]
}

/** The groups that the lines of the table tell of, as a tree without a name at its root. Nothing may be folded away. */
export function groupTree(lines: readonly Line[]): Branch {
  const heads = lines.filter((line) => line.kind === 'group')
  if (heads.length === 0) {
    const rows = lines.flatMap((line) => (line.kind === 'row' ? [line.row] : []))
    return { name: '', rows, branches: [] }
  }
  const branches: { name: string; rows: readonly LiveRow[]; branches: Branch[] }[] = []
  for (const { name, rows, depth } of heads) {
    const branch = { name, rows, branches: [] }
    if (depth === 0) branches.push(branch)
    else branches.at(-1)?.branches.push(branch)
  }
  return { name: '', rows: branches.flatMap(({ rows }) => rows), branches }
}
