import type { LogRow, LogTailRows } from '../../../src/api/contract/logs.ts'
import { insertByTime } from './insert-by-time.ts'
import { toLine, type LogGap, type LogItem, type LogLine } from './log-item.ts'

/** How many lines are kept. */
export interface LogBufferLimits {
  /** While the newest lines are followed; the oldest go. */
  readonly followed: number
  /** Of those that come while the reader looks at others; the oldest of them become a gap. */
  readonly waiting: number
}

/** The lines a page shows, the oldest first, each once, however often it comes. */
export interface LogBuffer {
  readonly items: () => readonly LogItem[]
  /** How many lines have come since `hold()`. */
  readonly waitingCount: () => number
  /** Whether lines before the first were let go, so that those before it are not where the last page ended. */
  readonly isTrimmed: () => boolean
  readonly reset: (rows: readonly LogRow[]) => void
  /** Takes what has come in; it is shown at once, at its place by time, or waits while the list is held. */
  readonly append: (batch: LogTailRows) => void
  /** Puts older lines, in the order of time, before the first. */
  readonly prepend: (rows: readonly LogRow[]) => void
  /** Puts lines, in the order of time, in place of a gap, and keeps the gap after them unless all of it is there. */
  readonly fill: (gap: LogGap, rows: readonly LogRow[], isWhole: boolean) => void
  /** From now on nothing that is shown moves. */
  readonly hold: () => void
  /** Shows what has waited, and follows the newest lines again. */
  readonly release: () => void
}

/** An empty buffer that follows. */
export function createLogBuffer(limits: LogBufferLimits): LogBuffer {
  let items: readonly LogItem[] = []
  let known = new Set<string>()
  let waiting: readonly LogLine[] = []
  let waitingCount = 0
  let waitingSkipped = 0
  let isHeld = false
  let isTrimmed = false
  let gapCount = 0

  function unknown(rows: readonly LogRow[]): readonly LogLine[] {
    return rows.filter(({ id }) => !known.has(id) && known.add(id)).map(toLine)
  }

  function withGap(skipped: number): readonly LogItem[] {
    if (skipped === 0) return items
    gapCount += 1
    return [...items, { kind: 'gap', key: `gap ${gapCount}`, skipped }]
  }

  function follow(skipped: number, lines: readonly LogLine[]): void {
    const all = insertByTime(withGap(skipped), lines)
    const excess = all.length - limits.followed
    if (excess > 0) {
      forget(all.slice(0, excess))
      isTrimmed = true
    }
    items = excess > 0 ? all.slice(excess) : all
  }

  function wait(skipped: number, lines: readonly LogLine[]): void {
    waiting = insertByTime(waiting, lines)
    waitingCount += skipped + lines.length
    waitingSkipped += skipped
    const excess = waiting.length - limits.waiting
    if (excess <= 0) return
    forget(waiting.slice(0, excess))
    waiting = waiting.slice(excess)
    waitingSkipped += excess
  }

  function forget(gone: readonly LogItem[]): void {
    for (const { key } of gone) known.delete(key)
  }

  return {
    items: () => items,
    waitingCount: () => waitingCount,
    isTrimmed: () => isTrimmed,
    reset(rows) {
      known = new Set()
      items = unknown(rows)
      waiting = []
      waitingCount = waitingSkipped = 0
      isTrimmed = false
    },
    append({ rows, skipped }) {
      const added = unknown(rows)
      if (added.length === 0 && skipped === 0) return
      if (isHeld) wait(skipped, added)
      else follow(skipped, added)
    },
    prepend(rows) {
      items = [...unknown(rows), ...items]
      isTrimmed = false
    },
    fill(gap, rows, isWhole) {
      const added = unknown(rows)
      const left: LogGap = { ...gap, skipped: Math.max(1, gap.skipped - added.length) }
      items = items.flatMap((item) =>
        item.key === gap.key ? [...added, ...(isWhole ? [] : [left])] : [item],
      )
    },
    hold() {
      isHeld = true
    },
    release() {
      if (!isHeld) return
      isHeld = false
      const [lines, skipped] = [waiting, waitingSkipped]
      waiting = []
      waitingCount = waitingSkipped = 0
      follow(skipped, lines)
    },
  }
}
