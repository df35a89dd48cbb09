import type { ReactElement } from 'react'

import { DistributionView } from './distribution.tsx'
import type { SingleWidget } from './expressions-of.ts'
import { EventStreamView } from './event-stream.tsx'
import { HeatmapView } from './heatmap.tsx'
import { LogStreamView } from './log-stream.tsx'
import { NoteView } from './note.tsx'
import { QueryTableView } from './query-table.tsx'
import { QueryValueView } from './query-value.tsx'
import { TimeseriesView } from './timeseries.tsx'
import { ToplistView } from './toplist.tsx'

/** What a widget shows. */
export function WidgetBody(props: {
  readonly widget: SingleWidget
  /** Whether its title stands above it. */
  readonly hasTitle: boolean
}): ReactElement {
  const { widget, hasTitle } = props
  switch (widget.type) {
    case 'timeseries':
      return <TimeseriesView widget={widget} />
    case 'query_value':
      return <QueryValueView widget={widget} />
    case 'toplist':
      return <ToplistView widget={widget} />
    case 'query_table':
      return <QueryTableView widget={widget} />
    case 'heatmap':
      return <HeatmapView widget={widget} />
    case 'distribution':
      return <DistributionView widget={widget} />
    case 'note':
    case 'free_text':
      return <NoteView widget={widget} hasTitle={hasTitle} />
    case 'event_stream':
      return <EventStreamView widget={widget} />
    case 'log_stream':
      return <LogStreamView widget={widget} />
  }
}
