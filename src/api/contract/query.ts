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
  /** Which of the expressions, separated by commas, it belongs to. */
  readonly query_index: number
  readonly start: number
  readonly end: number
  /** Seconds between two points. */
  readonly interval: number
  readonly length: number
  /** `[Unix milliseconds, value]`; null where nothing was stored. */
  readonly pointlist: readonly (readonly [number, number | null])[]
  readonly unit: QueryUnits
}

/** A unit and what it is divided by; null where there is none or it is not known. */
export type QueryUnits = readonly (QueryUnit | null)[]

export interface QueryUnit {
  readonly family: string
  readonly name: string
  readonly plural: string
  readonly short_name: string
  /** How much one of it is in the plain unit of its family: seconds, bytes, percent. */
  readonly scale_factor: number
}

/** `POST /api/v2/query/timeseries`: Datadog's answer. */
export interface TimeseriesAnswer {
  readonly data: {
    readonly type: 'timeseries_response'
    readonly attributes: {
      /** Unix milliseconds, in even steps; the series have a value, or null, at each. */
      readonly times: readonly number[]
      readonly series: readonly TimeseriesSeries[]
      /** Of the series at the same place. */
      readonly values: readonly (readonly (number | null)[])[]
      /** What the answer leaves out, each one sentence; not in Datadog's. */
      readonly notes: readonly string[]
    }
  }
}

export interface TimeseriesSeries {
  /** `host:a` for each key that it is grouped by. */
  readonly group_tags: readonly string[]
  /** Which formula, or query where there are no formulas. */
  readonly query_index: number
  readonly unit: QueryUnits | null
}

/** `POST /api/v2/query/scalar`: Datadog's answer, a table in columns. */
export interface ScalarAnswer {
  readonly data: {
    readonly type: 'scalar_response'
    readonly attributes: {
      readonly columns: readonly ScalarColumn[]
      /** What the answer leaves out, each one sentence; not in Datadog's. */
      readonly notes: readonly string[]
    }
  }
}

export type ScalarColumn =
  | {
      readonly type: 'group'
      /** The key of the tag. */
      readonly name: string
      /** The value of each row in a list, which is empty where it has none. */
      readonly values: readonly (readonly string[])[]
    }
  | {
      readonly type: 'number'
      /** The formula, or the name of the query. */
      readonly name: string
      readonly values: readonly (number | null)[]
      readonly meta: { readonly unit: QueryUnits | null }
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
