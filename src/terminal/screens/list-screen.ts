import { fitLine, textLine, type Line } from '../line.ts'
import { findColumn, columnIds } from '../view/columns.ts'
import { hintLine, type Hint } from './hint-line.ts'
import type { Scene } from './scene.ts'

/** The columns to put rows in order by. */
export function drawSortList(scene: Scene, at: number): readonly Line[] {
  const { sort } = scene.view
  const entries = columnIds.map((id) => {
    const { about, isNumber } = findColumn(id)
    const words = isNumber ? ['lowest first', 'highest first'] : ['from A', 'from Z']
    return `${about.padEnd(36)}${id === sort.column ? words[Number(sort.isFalling)] : ''}`
  })
  const foot: readonly Hint[] = [['Enter sorts', 1], ['r reverse', 2], ['Esc back']]
  return drawList({ title: 'Sort by', entries, at, foot }, scene)
}

/** The columns, those that are shown marked. */
export function drawColumnList(scene: Scene, at: number): readonly Line[] {
  const entries = scene.view.columns.map(
    ({ id, isShown }) => `[${isShown ? 'x' : ' '}] ${findColumn(id).about}`,
  )
  const foot: readonly Hint[] = [
    ['Space shows or hides', 1],
    ['left right move it', 2],
    ['Esc back'],
  ]
  return drawList({ title: 'Columns', entries, at, foot }, scene)
}

interface List {
  readonly title: string
  readonly entries: readonly string[]
  readonly at: number
  readonly foot: readonly Hint[]
}

function drawList({ title, entries, at, foot }: List, { size, glyphs }: Scene): readonly Line[] {
  const room = size.rows - 3
  const first = Math.max(0, Math.min(entries.length - room, at - Math.floor(room / 2)))
  const shown = entries.slice(first, first + room).map((text, index): Line => ({
    ...textLine(text),
    isChosen: first + index === at,
  }))
  const blank = Array.from({ length: room - shown.length }, () => textLine(''))
  const lines = [textLine(title, 'strong'), textLine(''), ...shown, ...blank]
  return [...lines, hintLine(foot, size.columns)].map((line) =>
    fitLine(line, size.columns, glyphs.ellipsis),
  )
}
