import type { GridPlace, Widget } from '../../../../src/api/contract/dashboards.ts'

/** A widget in its band. */
export interface Placed {
  readonly widget: Widget
  /** Its rows are counted from the band's first. */
  readonly place: GridPlace
}

/** Widgets that share some rows of the grid, and share them with no others. */
export type Band = readonly Placed[]

/**
 * The widgets in bands, from top to bottom: a band whose only widget is a folded group takes as little room as that needs,
 * and what is below moves up.
 */
export function findBands(widgets: readonly Widget[]): readonly Band[] {
  const byTop = widgets.toSorted((left, right) => left.place.y - right.place.y)
  const bands: Placed[][] = []
  let [topY, endY] = [0, 0]
  for (const widget of byTop) {
    const { y, height } = widget.place
    if (bands.length === 0 || y >= endY) {
      bands.push([])
      topY = y
    }
    bands.at(-1)?.push({ widget, place: { ...widget.place, y: y - topY } })
    endY = Math.max(endY, y + height)
  }
  return bands
}
