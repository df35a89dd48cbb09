import type { LabelBook } from '../../api/contract/container-filter/label-book.ts'
import type { ContainerDetail } from '../../api/contract/containers.ts'
import type { Glyphs } from '../glyphs.ts'
import type { Size } from '../line.ts'
import type { LiveTable } from '../live/live-table.ts'
import type { LogPane } from '../live/log-pane.ts'
import type { View } from '../view/view.ts'

/** All that a screen is drawn from. */
export interface Scene {
  readonly view: View
  readonly table: LiveTable
  /** Of the containers of the table, as far as the filter wants them. */
  readonly labels: Pick<LabelBook, 'labelOf' | 'problem'>
  /** Lines of the container whose log is open. */
  readonly logs: LogPane
  /** What inspect tells of the container that is open; undefined before its answer, a sentence when there is none. */
  readonly detail: ContainerDetail | string | undefined
  readonly size: Size
  readonly glyphs: Glyphs
  /** This machine's clock, Unix milliseconds. */
  readonly clockMs: number
}

/** The smallest screen in which a table makes sense. */
export const smallest: Size = { columns: 40, rows: 8 }
