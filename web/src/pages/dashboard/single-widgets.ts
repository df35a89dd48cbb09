import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import type { SingleWidget } from '../../widgets/expressions-of.ts'

/** All widgets that show something themselves, those within groups too, in reading order. */
export function singleWidgets(widgets: readonly Widget[]): readonly SingleWidget[] {
  return widgets.flatMap((widget) =>
    widget.type === 'group' ? singleWidgets(widget.widgets) : [widget],
  )
}
