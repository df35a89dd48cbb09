import { useMemo, type CSSProperties, type ReactElement } from 'react'

import type { GridPlace, Widget } from '../../../../src/api/contract/dashboards.ts'
import { WidgetFrame } from '../../widgets/widget-frame.tsx'
import { findBands } from './bands.ts'
import { GroupView } from './group-view.tsx'

/** What can be done with the widgets of a grid. */
export interface GridActions {
  readonly folded: ReadonlySet<string>
  readonly onFold: (id: string) => void
  readonly onFill: (id: string) => void
}

/** Widgets at their places; one below the other where there is little room. */
export function WidgetGrid(props: {
  readonly widgets: readonly Widget[]
  readonly actions: GridActions
}): ReactElement {
  const { widgets, actions } = props
  const bands = useMemo(() => findBands(widgets), [widgets])
  return (
    <div className="board-grid">
      {bands.map((band) => (
        <div
          key={band.map(({ widget }) => widget.id).join(' ')}
          className="board-band"
          data-own-height={(band.length === 1 && band[0]?.widget.type === 'group') || undefined}
        >
          {band.map(({ widget, place }) => (
            <div
              key={widget.id}
              className="board-place"
              style={placeStyle(place)}
              data-type={widget.type}
            >
              <GridItem widget={widget} actions={actions} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

function GridItem(props: { readonly widget: Widget; readonly actions: GridActions }): ReactElement {
  const { widget, actions } = props
  if (widget.type !== 'group') {
    return <WidgetFrame widget={widget} onFill={() => actions.onFill(widget.id)} />
  }
  return (
    <GroupView
      group={widget}
      isFolded={actions.folded.has(widget.id)}
      onFold={() => actions.onFold(widget.id)}
    >
      <WidgetGrid widgets={widget.widgets} actions={actions} />
    </GroupView>
  )
}

/** Custom properties, which React's types do not know. */
function placeStyle({ x, y, width, height }: GridPlace): CSSProperties {
  const place: Readonly<Record<`--${string}`, number>> = {
    '--x': x + 1,
    '--y': y + 1,
    '--width': width,
    '--height': height,
  }
  return place
}
