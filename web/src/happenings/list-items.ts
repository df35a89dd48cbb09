import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import type { Burst, Entry } from './group-bursts.ts'

/** What stands on a line of the list. */
export type ListItem =
  | { readonly kind: 'heading'; readonly key: string; readonly timeMs: number }
  | {
      readonly kind: 'burst'
      readonly key: string
      readonly burst: Burst
      readonly isOpen: boolean
    }
  | {
      readonly kind: 'row'
      readonly key: string
      readonly row: HappeningRow
      readonly isInBurst: boolean
    }

/** How time is divided by headings. */
export type HeadingStep = 'hour' | 'day'

/** The lines of a list: headings where an hour or a day begins, and the rows of those bursts that are open. */
export function listItems(
  entries: readonly Entry[],
  openBursts: ReadonlySet<string>,
  step: HeadingStep,
): readonly ListItem[] {
  const items: ListItem[] = []
  let place = ''
  for (const entry of entries) {
    const { timeMs } = entry.kind === 'one' ? entry.row : newestOf(entry)
    const now = headingKey(timeMs, step)
    if (now !== place) items.push({ kind: 'heading', key: now, timeMs })
    place = now
    if (entry.kind === 'one') {
      items.push({ kind: 'row', key: entry.row.id, row: entry.row, isInBurst: false })
      continue
    }
    const isOpen = isBurstOpen(entry, openBursts)
    items.push({ kind: 'burst', key: burstKey(entry), burst: entry, isOpen })
    if (!isOpen) continue
    items.push(
      ...entry.rows.map((row) => ({ kind: 'row' as const, key: row.id, row, isInBurst: true })),
    )
  }
  return items
}

/** The burst was opened when it had any of these rows, which may have been fewer. */
export function isBurstOpen({ rows }: Burst, openBursts: ReadonlySet<string>): boolean {
  return openBursts.size > 0 && rows.some(({ id }) => openBursts.has(id))
}

/** Tells a burst from the row whose id it bears. */
function burstKey({ key }: Burst): string {
  return `burst ${key}`
}

function newestOf({ rows }: Burst): { readonly timeMs: number } {
  return rows[0] ?? { timeMs: 0 }
}

/** The day, or the hour of a day, that a moment is in, in the reader's time zone. */
function headingKey(timeMs: number, step: HeadingStep): string {
  const date = new Date(timeMs)
  const day = `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
  return step === 'day' ? day : `${day} ${date.getHours()}`
}
