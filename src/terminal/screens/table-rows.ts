import { findColumn, stateStyle, type CellContext, type Column } from '../view/columns.ts'
import type { TableItem } from '../view/arrange-rows.ts'
import type { View } from '../view/view.ts'
import type { Glyphs } from '../glyphs.ts'
import type { Line, Span } from '../line.ts'
import { isRunning, readFigure, staleForMs, type LiveRow } from '../live/live-row.ts'
import { toScreenText } from '../text/screen-text.ts'
import { fitText } from '../text/text-width.ts'
import { bytesText, percentText } from '../text/units.ts'

/** A column and the cells it has. */
export interface PlacedColumn {
  readonly column: Column
  readonly width: number
}

const gap = '  '
const narrowGap = ' '

/** The columns that fit, the least important left out; what room is left goes to names first. */
export function placeColumns(
  view: View,
  hostCount: number,
  width: number,
): readonly PlacedColumn[] {
  let chosen = view.columns
    .filter(({ id, isShown }) => isShown || (id === 'host' && hostCount > 1))
    .map(({ id }) => findColumn(id))
  const needed = (): number =>
    chosen.reduce((sum, column) => sum + column.width, 0) + gap.length * (chosen.length - 1)
  while (needed() > width) {
    const last = Math.max(...chosen.map(({ priority }) => priority))
    if (last === 0) break
    chosen = chosen.filter(({ priority }) => priority !== last)
  }
  let room = Math.max(0, width - needed())
  return chosen.map((column) => {
    const more = Math.min(room, column.maxWidth - column.width)
    room -= more
    return { column, width: column.width + more }
  })
}

/** The line of titles; the column that rows are put in order by carries a sign. */
export function drawTitles(placed: readonly PlacedColumn[], { sort }: View, glyphs: Glyphs): Line {
  const spans = placed.flatMap(({ column, width }): Span[] => {
    const isSorted = column.id === sort.column
    const sign = isSorted ? (sort.isFalling ? glyphs.down : glyphs.up) : ''
    const title = column.title + sign
    const text = column.isNumber
      ? title.slice(-width).padStart(width)
      : fitText(title, width, glyphs.ellipsis)
    return [{ text, style: isSorted ? 'title' : 'strong' }, { text: gap }]
  })
  return { spans: spans.slice(0, -1) }
}

/** One row; what is stale or has ended is dim. */
export function drawRow(
  row: LiveRow,
  placed: readonly PlacedColumn[],
  context: Omit<CellContext, 'width'> & { readonly isChosen: boolean },
): Line {
  const isDim = !isRunning(row) || staleForMs(row, context.nowMs) !== undefined
  const spans = placed.flatMap(({ column, width }): Span[] => {
    const { text, style } = column.cell(row, { ...context, width })
    const room = fitText(text, width, context.glyphs.ellipsis)
    const padded = column.isNumber ? room.trimEnd().padStart(width) : room
    return [{ text: padded, style: style ?? (isDim ? 'dim' : 'plain') }, { text: gap }]
  })
  return { spans: spans.slice(0, -1), isChosen: context.isChosen }
}

/** The heading of a group: how many, and what they use together. */
export function drawGroup({ name, rows }: TableItem & { kind: 'group' }): Line {
  const sum = (figure: 'cpu' | 'memory'): number =>
    rows.reduce((total, row) => total + (readFigure(row, figure) ?? 0), 0)
  const worst = rows.some((row) => stateStyle(row) === 'bad') ? 'bad' : 'strong'
  return {
    spans: [
      { text: toScreenText(name), style: worst },
      {
        text: `${narrowGap}(${rows.length})  CPU ${percentText(sum('cpu'))}  MEM ${bytesText(sum('memory'))}`,
        style: 'dim',
      },
    ],
  }
}
