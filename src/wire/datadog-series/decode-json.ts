import { z } from 'zod'
import { listOf } from '../json-lists.ts'
import type { Series, SeriesKind } from '../../model/series.ts'
import { parseJson } from '../parse-json.ts'
import { seriesFromWire } from './series-from-wire.ts'

/** A series with the points that one body holds of it. */
export interface SeriesPoints {
  readonly series: Series
  /** Unix seconds, maybe with a fraction, and the value. */
  readonly points: readonly { readonly timeS: number; readonly value: number }[]
}

const tags = listOf(z.string()).nullish()
const interval = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 31)
  .nullish()
const metric = z.string().min(1)

const bodyV1 = z.object({
  series: z
    .array(
      z.object({
        metric,
        points: listOf(z.tuple([z.number(), z.number()])),
        type: z.enum(['gauge', 'rate', 'count']).nullish(),
        host: z.string().nullish(),
        device: z.string().nullish(),
        tags,
        interval,
      }),
    )
    .default([]),
})

const bodyV2 = z.object({
  series: z
    .array(
      z.object({
        metric,
        points: listOf(z.object({ timestamp: z.number(), value: z.number() })),
        type: z.literal([0, 1, 2, 3]).nullish(),
        resources: listOf(z.object({ type: z.string(), name: z.string() })).nullish(),
        tags,
        interval,
      }),
    )
    .default([]),
})

/** `MetricPayload.MetricType`: unspecified reads as gauge. */
const kindsV2: readonly SeriesKind[] = ['gauge', 'count', 'rate', 'gauge']

/**
 * Reads the JSON body of `/api/v1/series`; `{}`, by which agents try the route, has none.
 * @throws {WireError} Naming the first series that does not fit.
 * @see datadog.md C.2
 */
export function decodeSeriesV1(bytes: Uint8Array): SeriesPoints[] {
  return parseJson(bytes, bodyV1, 'the series').series.map((one) => ({
    series: seriesFromWire({
      metric: one.metric,
      kind: one.type ?? 'gauge',
      tags: one.tags ?? [],
      intervalS: one.interval ?? 0,
      resources: [
        { type: 'host', name: one.host ?? '' },
        ...(one.device ? [{ type: 'device', name: one.device }] : []),
      ],
    }),
    points: one.points.map(([timeS, value]) => ({ timeS, value })),
  }))
}

/**
 * Reads the JSON body of `/api/v2/series`; `{}`, by which agents try the route, has none.
 * @throws {WireError} Naming the first series that does not fit.
 * @see datadog.md C.2
 */
export function decodeSeriesV2(bytes: Uint8Array): SeriesPoints[] {
  return parseJson(bytes, bodyV2, 'the series').series.map((one) => ({
    series: seriesFromWire({
      metric: one.metric,
      kind: kindsV2[one.type ?? 0] ?? 'gauge',
      tags: one.tags ?? [],
      intervalS: one.interval ?? 0,
      resources: one.resources ?? [],
    }),
    points: one.points.map(({ timestamp, value }) => ({ timeS: timestamp, value })),
  }))
}
