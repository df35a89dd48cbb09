import type { LogRow } from '../../api/contract/logs.ts'

/** The newest lines of one container's log. */
export interface LogPane {
  /** The oldest first; those that came before are left out. */
  readonly append: (rows: readonly LogRow[]) => void
  /** Says what there is beside lines: that it is being read, that it cannot be; empty for nothing. */
  readonly say: (sentence: string) => void
  readonly sentence: () => string
  readonly clear: () => void
  /** The numbers of the first and the newest line; the newest is before the first when there is none. */
  readonly bounds: () => { readonly first: number; readonly newest: number }
  readonly lineAt: (number: number) => LogRow | undefined
}

/** So many lines are kept. */
const maxLines = 2000

/** An empty pane. */
export function createLogPane(): LogPane {
  let lines: LogRow[] = []
  let ids = new Set<string>()
  let first = 0
  let sentence = ''
  return {
    append(rows) {
      for (const row of rows) {
        if (ids.has(row.id)) continue
        ids.add(row.id)
        lines.push(row)
      }
      const tooMany = lines.length - maxLines
      if (tooMany <= 0) return
      for (const { id } of lines.splice(0, tooMany)) ids.delete(id)
      first += tooMany
    },
    say(text) {
      sentence = text
    },
    sentence: () => sentence,
    clear() {
      lines = []
      ids = new Set()
      first = 0
      sentence = ''
    },
    bounds: () => ({ first, newest: first + lines.length - 1 }),
    lineAt: (number) => lines[number - first],
  }
}
