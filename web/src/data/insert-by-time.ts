import type { LogRow } from '../../../src/api/contract/logs.ts'
import type { LogItem, LogLine } from './log-item.ts'

/** How far back a line is put. What is older still, such as a backlog, stands there: nobody looks for news further up. */
const reachMs = 2000

/**
 * A list with new lines, in the order of time, at their places among its newest. Lines of several containers come in
 * blocks, each some tenths of a second after it was printed. No line goes before a gap, nor before what is two seconds older
 * than the newest; of the same time the one that came first stays first.
 */
export function insertByTime<Item extends LogItem>(
  items: readonly Item[],
  added: readonly LogLine[],
): readonly (Item | LogLine)[] {
  const newest = items.at(-1)
  const oldestMs = newest?.kind === 'line' ? newest.row.time - reachMs : 0
  const behind: (Item | LogLine)[] = []
  let end = items.length
  for (const line of added.toReversed()) {
    for (let item = items[end - 1]; item?.kind === 'line'; item = items[end - 1]) {
      if (item.row.time < oldestMs || !isBefore(line.row, item.row)) break
      behind.push(item)
      end -= 1
    }
    behind.push(line)
  }
  return [...items.slice(0, end), ...behind.toReversed()]
}

function isBefore(one: LogRow, other: LogRow): boolean {
  return one.time === other.time ? one.timeNanos < other.timeNanos : one.time < other.time
}
