import { parseFilter, type Problem } from '../../api/contract/container-filter/parse-filter.ts'
import { fitLine, spreadLine, textLine, type Line } from '../line.ts'
import { toScreenText } from '../text/screen-text.ts'
import { arrangeRows, type TableItem } from '../view/arrange-rows.ts'
import { drawHeader } from './header.ts'
import { hintLine } from './hint-line.ts'
import type { Scene } from './scene.ts'
import { drawGroup, drawRow, drawTitles, placeColumns } from './table-rows.ts'

/** The containers table in exactly the rows of the screen. */
export function drawTable(scene: Scene): readonly Line[] {
  const { size, view, table, glyphs } = scene
  const nowMs = table.nowMs()
  const head = [...drawHeader(scene), ...filterLines(scene)]
  const placed = placeColumns(view, table.agents().length, size.columns)
  const room = Math.max(0, size.rows - head.length - 2)
  const items = itemsOf(scene)
  const chosen = chosenAt(items, view.chosenId)
  const body = windowOf(items, chosen, room).map((item) =>
    item.kind === 'group'
      ? drawGroup(item)
      : drawRow(item.row, placed, { nowMs, glyphs, isChosen: item === items[chosen] }),
  )
  const rows = items.length === 0 ? [textLine(emptySentence(scene), 'dim')] : body
  const blank = Array.from({ length: Math.max(0, room - rows.length) }, () => textLine(''))
  const foot = spreadLine(footLine(scene), placeLine(items, chosen), size.columns)
  return [...head, drawTitles(placed, view, glyphs), ...rows, ...blank, foot].map((line) =>
    fitLine(line, size.columns, glyphs.ellipsis),
  )
}

/** Containers of the table from the top, and how many rows a screen shows of them. */
export function listTable(scene: Scene): {
  readonly ids: readonly string[]
  readonly room: number
} {
  const items = itemsOf(scene)
  const ids = items.flatMap((item) => (item.kind === 'row' ? [item.row.container.id] : []))
  const head = drawHeader(scene).length + filterLines(scene).length
  return { ids, room: Math.max(1, scene.size.rows - head - 2) }
}

function itemsOf({ table, view, labels }: Scene): readonly TableItem[] {
  const world = { nowMs: table.nowMs(), labelOf: labels.labelOf }
  return arrangeRows(table.rows(), view, world)
}

function chosenAt(items: readonly TableItem[], id: string): number {
  const isChosen = (item: TableItem): boolean => item.kind === 'row' && item.row.container.id === id
  const at = items.findIndex(isChosen)
  return at >= 0 ? at : items.findIndex(({ kind }) => kind === 'row')
}

/** So many items with the chosen one among them: the top as long as it is there, else with it in the middle. */
function windowOf(items: readonly TableItem[], chosen: number, room: number): readonly TableItem[] {
  if (chosen < room - 1) return items.slice(0, room)
  const first = Math.min(items.length - room, chosen - Math.floor(room / 2))
  return items.slice(Math.max(0, first), Math.max(0, first) + room)
}

function filterLines({ view, labels, glyphs }: Scene): readonly Line[] {
  const isWriting = view.page.kind === 'filter'
  if (!isWriting && view.filterText === '') return []
  const [fault] = parseFilter(view.filterText).problems
  const problem = fault === undefined ? labelSentence(labels.problem()) : problemSentence(fault)
  return [
    {
      spans: [
        { text: 'filter ', style: 'strong' },
        { text: `${toScreenText(view.filterText)}${isWriting ? glyphs.full : ''}` },
        ...(problem === undefined
          ? []
          : [{ text: `  ${toScreenText(problem)}`, style: 'warn' as const }]),
      ],
    },
  ]
}

/** Why labels are not known. */
function labelSentence(problem: unknown): string | undefined {
  return problem instanceof Error ? `labels are missing: ${problem.message}` : undefined
}

function problemSentence({ kind, term, key, example }: Problem): string {
  switch (kind) {
    case 'badNumber':
      return `cannot read the number of ${term}: write it as ${example}`
    case 'noComparison':
      return `${term} compares with nothing: write it as ${example}`
    case 'noValue':
      return `${term} has no value: write ${key}:something`
    case 'openQuote':
      return `${term} has no closing quotation mark`
    case 'onlyText':
      return `${key} is text and cannot be compared: write ${key}:something`
    case 'lonelyMinus':
      return 'a minus needs something after it'
  }
}

function emptySentence({ table, view }: Scene): string {
  if (!table.isFilled()) return 'Waiting for the server'
  if (view.filterText !== '') return 'No container matches the filter; Esc clears it'
  if (view.host !== '')
    return `No container on host ${toScreenText(view.host)}; a shows stopped ones too`
  return view.isAll ? 'There is no container' : 'No container is running; a shows stopped ones too'
}

function footLine({ view, size }: Scene): Line {
  if (view.page.kind === 'filter') {
    return hintLine(
      [
        ['Enter keeps'],
        ['Esc gives up'],
        [' words', 4],
        ['name:web', 3],
        ['-image:redis', 2],
        ['cpu:>50', 1],
        ['mem:>1g', 1],
      ],
      size.columns,
    )
  }
  return hintLine(
    [
      [view.isAll ? 'a running' : 'a all', 4],
      ['f filter', 1],
      ['s sort', 2],
      ['r reverse', 7],
      ['g group', 5],
      ['c columns', 6],
      ['o open', 3],
      ['l log', 2],
      ['? help'],
      ['q quit'],
    ],
    size.columns,
  )
}

/** Which row of how many the cursor is on. */
function placeLine(items: readonly TableItem[], chosen: number): Line {
  const place = countRows(items.slice(0, chosen + 1))
  return textLine(`${place} of ${countRows(items)}`, 'dim')
}

function countRows(items: readonly TableItem[]): number {
  return items.reduce((count, { kind }) => count + Number(kind === 'row'), 0)
}
