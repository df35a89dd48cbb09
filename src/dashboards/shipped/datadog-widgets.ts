import type { JsonObject } from '../json-fields.ts'

/** A query with its name in formulas and how one number is made of its time. */
interface Query {
  readonly query: string
  /** `avg` when absent. */
  readonly aggregator?: 'avg' | 'max' | 'last' | 'sum'
}

/** Columns and rows: x, y, width, height. */
type Layout = readonly [x: number, y: number, width: number, height: number]

/** A request of named queries: the first is `query1`. Each formula is drawn. */
export function request(
  queries: readonly Query[],
  formulas: readonly JsonObject[] = queries.map((_query, index) => formula(`query${index + 1}`)),
  more: JsonObject = {},
): JsonObject {
  return {
    queries: queries.map((query, index) => ({
      name: `query${index + 1}`,
      data_source: 'metrics',
      ...query,
    })),
    formulas,
    ...more,
  }
}

/** A formula with what is said of it: its alias, its conditions, its limit. */
export function formula(text: string, more: JsonObject = {}): JsonObject {
  return { formula: text, ...more }
}

/** The first that holds colours the number. */
export function condition(comparator: string, value: number, palette: string): JsonObject {
  return { comparator, value, palette }
}

/** A widget with its title at its place. */
export function widget(
  [x, y, width, height]: Layout,
  type: string,
  definition: JsonObject,
): JsonObject {
  return { definition: { type, ...definition }, layout: { x, y, width, height } }
}

/** Curves over time; `more` is what its definition has besides title and requests. */
export function timeseries(
  layout: Layout,
  requests: readonly JsonObject[],
  more: { readonly title: string; readonly events?: readonly JsonObject[] },
): JsonObject {
  return widget(layout, 'timeseries', { show_legend: true, requests, ...more })
}

/** Widgets under one title, across the whole width. */
export function group(
  [y, height]: readonly [y: number, height: number],
  title: string,
  widgets: readonly JsonObject[],
): JsonObject {
  const definition = { type: 'group', layout_type: 'ordered', title, widgets }
  return { definition, layout: { x: 0, y, width: 12, height } }
}
