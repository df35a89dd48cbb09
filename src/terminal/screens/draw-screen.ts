import { fitLine, textLine, type Line } from '../line.ts'
import type { Surroundings } from '../view/press-key.ts'
import { drawContainer } from './container-screen.ts'
import { drawHelp } from './help-screen.ts'
import { drawColumnList, drawSortList } from './list-screen.ts'
import { drawLog } from './log-screen.ts'
import { smallest, type Scene } from './scene.ts'
import { drawTable, listTable } from './table-screen.ts'

/** The screen of a scene: as many lines as it has rows, each as wide as it. */
export function drawScreen(scene: Scene): readonly Line[] {
  const { size, view, glyphs } = scene
  if (size.columns < smallest.columns || size.rows < smallest.rows) {
    const words = [
      'too small:',
      `${size.columns}x${size.rows},`,
      'needs',
      `${smallest.columns}x${smallest.rows}`,
    ]
    return words
      .slice(0, size.rows)
      .map((word) => fitLine(textLine(word), size.columns, glyphs.ellipsis))
  }
  const { page } = view
  switch (page.kind) {
    case 'sort':
      return drawSortList(scene, page.at)
    case 'columns':
      return drawColumnList(scene, page.at)
    case 'container':
      return drawContainer(scene, page.id)
    case 'logs':
      return drawLog(scene, page)
    case 'help':
      return drawHelp(scene)
    case 'table':
    case 'filter':
    case 'end':
      return drawTable(scene)
  }
}

/** What keys need to know of the screen. */
export function surroundingsOf(scene: Scene): Surroundings {
  const { ids, room } = listTable(scene)
  return { ids, pageRows: room, logs: scene.logs.bounds() }
}
