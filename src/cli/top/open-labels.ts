import { LabelBook } from '../../api/contract/container-filter/label-book.ts'
import { labelsOfFilter } from '../../api/contract/container-filter/match-filter.ts'
import { parseFilter } from '../../api/contract/container-filter/parse-filter.ts'
import type { LabelValues } from '../../api/contract/labels.ts'
import type { Settings } from '../../config/settings.ts'
import type { LiveTable } from '../../terminal/live/live-table.ts'
import type { View } from '../../terminal/view/view.ts'
import { askServer } from '../server-client.ts'

/** Labels that the filter of a screen wants. */
export interface ScreenLabels extends Pick<LabelBook, 'labelOf' | 'problem' | 'close'> {
  /** Asks for what is not known of the labels that the view wants; whether it wants any of a container. */
  readonly look: (view: View, table: LiveTable) => boolean
}

/** Opens them; nothing is asked while no filter names a label. `onNews` is called when more is known, or cannot be. */
export function openLabels(settings: Settings, onNews: () => void): ScreenLabels {
  const book = new LabelBook({
    ask: (body) => askServer<LabelValues>(settings, '/api/containers/labels', { body }),
    onNews,
  })
  return {
    labelOf: book.labelOf,
    problem: () => book.problem(),
    close: () => book.close(),
    look({ filterText }, table) {
      const labels = labelsOfFilter(parseFilter(filterText))
      const ids = labels.length === 0 ? [] : [...table.rows()].map(({ container }) => container.id)
      book.want(labels, ids)
      return ids.length > 0
    },
  }
}
