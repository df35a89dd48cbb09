import type { Widget, WidgetExpression } from '../../../src/api/contract/dashboards.ts'

/** A widget that shows something itself, as against a group of others. */
export type SingleWidget = Exclude<Widget, { readonly type: 'group' }>

/** What a widget asks of metrics; nothing for those that show something else. */
export function expressionsOf(widget: SingleWidget): readonly WidgetExpression[] {
  switch (widget.type) {
    case 'timeseries':
      return widget.curves
    case 'query_table':
      return widget.columns
    case 'query_value':
    case 'toplist':
    case 'heatmap':
    case 'distribution':
      return [widget.value]
    case 'note':
    case 'free_text':
    case 'event_stream':
    case 'log_stream':
      return []
  }
}
