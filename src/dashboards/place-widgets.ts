import type { GridPlace } from '../api/contract/dashboards.ts'

/** A widget before it has its place. */
export interface Unplaced {
  /** What the file says, in its own columns; absent where widgets flow. */
  readonly layout: GridPlace | undefined
  /** Of one that flows. */
  readonly usual: { readonly width: number; readonly height: number }
  /** Of the grid, where it does not follow from the layout. */
  readonly height?: number
  readonly minHeight: number
}

/** Columns of the grid. */
export const gridColumns = 12
const maxHeight = 100

type Movable = { -readonly [Key in keyof GridPlace]: GridPlace[Key] }

/**
 * Places in a grid of 12 columns, one for each widget, none over another and no row empty. A board that is wider, as free
 * ones are, is shrunk to the grid; the columns of a narrow group are widened. Widgets without a layout flow from left
 * to right, above the others or below.
 * @param columns How many columns the file means.
 */
export function placeWidgets(
  widgets: readonly Unplaced[],
  columns: number = gridColumns,
): readonly GridPlace[] {
  const edges = widgets.map(({ layout }) => (layout === undefined ? 0 : layout.x + layout.width))
  const across = gridColumns / Math.max(1, columns, ...edges)
  const scale = { across, down: Math.min(1, across) }
  const fitted = widgets.map(({ layout, ...widget }) => layout && fit(widget, layout, scale))
  const places = flow(widgets, fitted)
  settle(places)
  closeGaps(places)
  return places
}

/** The ends are rounded, not the lengths, so that neighbours stay neighbours. */
function fit(
  { height, minHeight }: Omit<Unplaced, 'layout'>,
  layout: GridPlace,
  scale: { readonly across: number; readonly down: number },
): Movable {
  const left = Math.min(gridColumns - 1, Math.round(layout.x * scale.across))
  const right = Math.min(gridColumns, Math.round((layout.x + layout.width) * scale.across))
  const top = Math.round(layout.y * scale.down)
  const bottom = Math.round((layout.y + layout.height) * scale.down)
  const least = scale.down < 1 ? minHeight : 1
  return {
    x: left,
    y: top,
    width: Math.max(1, right - left),
    height: Math.min(maxHeight, height ?? Math.max(least, bottom - top)),
  }
}

/** Gives those a place that have none: above the others where they come before them in the file, else below. */
function flow(widgets: readonly Unplaced[], fitted: readonly (Movable | undefined)[]): Movable[] {
  const firstFitted = fitted.findIndex((place) => place !== undefined)
  const above = fillRows(widgets.slice(0, Math.max(0, firstFitted)), 0)
  const shift = lowestEnd(above)
  const moved = fitted.map((place) => place && { ...place, y: place.y + shift })
  const rest = widgets.slice(above.length)
  const below = fillRows(
    rest.filter(({ layout }) => layout === undefined),
    Math.max(shift, lowestEnd(moved)),
  )
  return [...above, ...moved.slice(above.length).flatMap((place) => place ?? below.shift() ?? [])]
}

/** Places from left to right, row by row, each row as high as its highest. */
function fillRows(widgets: readonly Unplaced[], y: number): Movable[] {
  const next = { x: 0, y }
  let rowHeight = 0
  return widgets.map(({ usual, height = usual.height }) => {
    if (next.x + usual.width > gridColumns) {
      next.y += rowHeight
      next.x = 0
      rowHeight = 0
    }
    const place = { ...next, width: usual.width, height: Math.min(maxHeight, height) }
    next.x += usual.width
    rowHeight = Math.max(rowHeight, place.height)
    return place
  })
}

function lowestEnd(places: readonly (GridPlace | undefined)[]): number {
  return Math.max(0, ...places.map((place) => (place === undefined ? 0 : endOf(place))))
}

/** Pushes down what lies over another. */
function settle(places: readonly Movable[]): void {
  const settled: Movable[] = []
  for (const place of places.toSorted(comparePlaces)) {
    // Sorted by their ends: nothing that was passed can be met again further down.
    for (const other of settled) if (overlap(other, place)) place.y = endOf(other)
    const at = settled.findIndex((other) => endOf(other) > endOf(place))
    settled.splice(at < 0 ? settled.length : at, 0, place)
  }
}

/** Takes out rows that nothing lies in. */
function closeGaps(places: readonly Movable[]): void {
  let filled = 0
  let taken = 0
  for (const place of places.toSorted(comparePlaces)) {
    taken += Math.max(0, place.y - filled)
    filled = Math.max(filled, endOf(place))
    place.y -= taken
  }
}

/** Sorts in reading order: from top to bottom, then from left to right. */
export function comparePlaces(a: GridPlace, b: GridPlace): number {
  return a.y - b.y || a.x - b.x
}

function endOf({ y, height }: GridPlace): number {
  return y + height
}

function overlap(a: GridPlace, b: GridPlace): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < endOf(b) && b.y < endOf(a)
}
