/** `GET /api/dashboards`, sorted by title. */
export interface DashboardsAnswer {
  readonly dashboards: readonly DashboardSummary[]
  /** Files that could not be read as a dashboard: each with one sentence. */
  readonly faults: readonly { readonly file: string; readonly reason: string }[]
}

export interface DashboardSummary {
  /** Of the address: the file's name without `.json`, or `docker` for the one that is shipped. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly widgetCount: number
  readonly isShipped: boolean
}

/** `GET /api/dashboards/<id>` */
export interface DashboardAnswer extends DashboardSummary {
  readonly variables: readonly TemplateVariable[]
  /** In reading order. */
  readonly widgets: readonly Widget[]
  /** What could not be shown, each with its reason. */
  readonly leftOut: readonly LeftOut[]
}

export interface LeftOut {
  /** The widget's type in the file, for example `iframe`. */
  readonly type: string
  /** Empty when it has none. */
  readonly title: string
  readonly reason: string
}

/** `$name` in a query stands for `tag:value` (everything for `*`), `$name.value` for the value alone. */
export interface TemplateVariable {
  readonly name: string
  /** The key of the tag; empty when the variable holds whole tags. `/api/metrics/<name>/tags?key=…` has its values. */
  readonly tag: string
  readonly defaults: readonly string[]
  /** Empty when every value of the tag may be chosen. */
  readonly allowed: readonly string[]
}

/** In columns of a grid 12 wide; widgets of a group are in a grid of the group's own, 12 wide too. Nothing overlaps. */
export interface GridPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One curve or column: an expression in Datadog's language, template variables still in it. */
export interface WidgetExpression {
  readonly text: string
  /** How it is called where its own scope says less; empty for none. */
  readonly alias: string
  /** How a single number is made of its time. */
  readonly reduce: 'avg' | 'min' | 'max' | 'sum' | 'last' | 'percentile' | 'area' | 'l2norm'
}

export interface NumberFormat {
  /** Decimals; absent: as many as it takes. */
  readonly precision?: number
  /** A unit of its own in place of the metric's. */
  readonly unit?: string
  readonly isAutoscaled: boolean
}

/** What colours a number: the first that holds. */
export interface ConditionalFormat {
  readonly comparator: '>' | '>=' | '<' | '<=' | '='
  readonly value: number
  readonly state: 'ok' | 'warning' | 'critical'
}

export interface Marker {
  readonly label: string
  readonly value: number
  /** The end of a band, `value` being its start. */
  readonly to?: number
  readonly state: 'ok' | 'warning' | 'critical' | 'none'
}

export type Widget = WidgetFrame & WidgetBody

export interface WidgetFrame {
  /** Unique within the dashboard. */
  readonly id: string
  readonly title: string
  readonly place: GridPlace
  /** A range of its own in seconds up to now; absent: the page's. */
  readonly spanS?: number
}

export type WidgetBody =
  | {
      readonly type: 'timeseries'
      readonly curves: readonly (WidgetExpression & {
        readonly display: 'line' | 'area' | 'bars'
      })[]
      readonly axis: { readonly min?: number; readonly max?: number; readonly isLog: boolean }
      readonly markers: readonly Marker[]
      /** Search for events that are drawn as marks; empty for none. */
      readonly events: string
      readonly hasLegend: boolean
    }
  | {
      readonly type: 'query_value'
      readonly value: WidgetExpression
      readonly format: NumberFormat
      readonly conditions: readonly ConditionalFormat[]
    }
  | {
      readonly type: 'toplist'
      readonly value: WidgetExpression
      readonly format: NumberFormat
      readonly limit: number
      readonly order: 'asc' | 'desc'
      readonly conditions: readonly ConditionalFormat[]
    }
  | {
      readonly type: 'query_table'
      readonly columns: readonly (WidgetExpression & {
        readonly format: NumberFormat
        readonly conditions: readonly ConditionalFormat[]
      })[]
      readonly limit: number
      readonly order: 'asc' | 'desc'
      /** The column that is sorted by. */
      readonly orderBy: number
    }
  | { readonly type: 'heatmap' | 'distribution'; readonly value: WidgetExpression }
  | {
      readonly type: 'note' | 'free_text'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly size: number
    }
  | { readonly type: 'group'; readonly widgets: readonly Widget[] }
  | { readonly type: 'event_stream'; readonly query: string }
  | { readonly type: 'log_stream'; readonly query: string; readonly columns: readonly string[] }
