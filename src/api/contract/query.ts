/** `GET /api/v1/query?from=<s>&to=<s>&query=…`: Datadog's answer. */
export interface QueryAnswer {
  readonly status: 'ok' | 'error'
  readonly error?: string
  readonly res_type: 'time_series'
  readonly query: string
  readonly from_date: number
  readonly to_date: number
  readonly group_by: readonly string[]
  readonly message: string
  readonly series: readonly QuerySeries[]
}

export interface QuerySeries {
  readonly metric: string
  readonly display_name: string
  readonly aggr: string
  readonly expression: string
  /** `short_image:web,host:a`, or `*` */
  readonly scope: string
  readonly tag_set: readonly string[]
  readonly start: number
  readonly end: number
  /** Seconds between two points. */
  readonly interval: number
  readonly length: number
  /** `[Unix milliseconds, value]`; null where nothing was stored. */
  readonly pointlist: readonly (readonly [number, number | null])[]
  readonly unit: readonly ({ readonly family: string; readonly name: string } | null)[]
}

/** `POST /api/sql` with `{"query": "SELECT …"}`. */
export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Every answer of status 400 and above. */
export interface ErrorAnswer {
  /** One sentence: what was seen, what is allowed, what to do. */
  readonly errors: readonly [string, ...string[]]
  /** Where a query stops making sense, in UTF-16 units from its start; absent where no text is at fault. */
  readonly at?: number
}
