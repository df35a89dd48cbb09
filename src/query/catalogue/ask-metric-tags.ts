import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows } from '../metrics/read-rows.ts'
import { inUseSql } from './seen-series.ts'
import type { ReadClient } from '../scope/read-client.ts'

export interface MetricTagsRequest {
  readonly metric: string
  /** One key; all when absent. */
  readonly key?: string | undefined
  /** Values of each key that are told. */
  readonly maxValues: number
}

/** A key of tags and its most frequent values. */
export interface TagKey {
  readonly key: string
  /** How many different values there are. */
  readonly count: number
  readonly values: readonly string[]
}

/** Keys that are told; who has more has put values into them. */
const maxKeys = 500

/**
 * What the series of a metric that are in use can be filtered and grouped by, by key. Tags without a colon are keys
 * without values.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askMetricTags(
  client: ReadClient,
  { metric, key, maxValues }: MetricTagsRequest,
): Promise<readonly TagKey[]> {
  return explainFailure(() =>
    readRows<TagKey>(client, (parameters) => {
      const wanted =
        key === undefined
          ? ''
          : `AND (tag = ${parameters.text(key)} OR startsWith(tag, ${parameters.text(`${key}:`)}))`
      // Each different tag is taken apart once, not once for each of its series.
      return `
SELECT key, toFloat64(count()) AS count,
  arrayMap(one -> one.2, arraySlice(arraySort(one -> (-one.1, one.2), groupArray((series, value))), 1, ${maxValues})) AS values
FROM (
  SELECT series, position(tag, ':') AS colon,
    if(colon = 0, tag, substring(tag, 1, colon - 1)) AS key,
    if(colon = 0, '', substring(tag, colon + 1)) AS value
  FROM (
    SELECT tag, toInt64(count()) AS series
    FROM vigie.series
    ARRAY JOIN if(host = '', tags, arrayPushBack(tags, concat('host:', host))) AS tag
    WHERE metric = ${parameters.text(metric)} AND ${inUseSql(parameters)} ${wanted}
    GROUP BY tag
  )
)
GROUP BY key
ORDER BY key
LIMIT ${maxKeys}`
    }),
  )
}
