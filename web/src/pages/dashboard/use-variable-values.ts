import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { TemplateVariable, Widget } from '../../../../src/api/contract/dashboards.ts'
import type { MetricTagsAnswer } from '../../../../src/api/contract/metrics.ts'
import { fetchJson, type RequestError } from '../../data/request.ts'
import { metricsOf } from './metrics-of.ts'

/** Enough metrics to know the values of a tag; the rest would tell the same again. */
const mostMetrics = 3
/** The most frequent ones, of each metric. */
const mostValues = 1000
const staleMs = 60_000

/** The values that a variable may have. */
export interface VariableValues {
  readonly values: readonly string[]
  readonly isLoading: boolean
  readonly error: RequestError | undefined
}

/** What a variable allows, else the values of its tag on the metrics that are asked for with it; asked when it is needed. */
export function useVariableValues(
  variable: TemplateVariable,
  widgets: readonly Widget[],
  isNeeded: boolean,
): VariableValues {
  const { name, tag, allowed } = variable
  const metrics = useMemo(() => metricsOf(widgets, name, mostMetrics), [widgets, name])
  const isAsked = isNeeded && allowed.length === 0 && tag !== ''
  const answers = useQueries({
    queries: metrics.map((metric) => {
      const parameters = new URLSearchParams({ key: tag, limit: String(mostValues) })
      const path = `/api/metrics/${encodeURIComponent(metric)}/tags?${parameters}`
      return {
        queryKey: [path],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          fetchJson<MetricTagsAnswer>(path, signal),
        enabled: isAsked,
        staleTime: staleMs,
        retry: 1,
      }
    }),
  })
  if (!isAsked) return { values: allowed, isLoading: false, error: undefined }
  const values = answers.flatMap(
    ({ data }) => data?.keys.find(({ key }) => key === tag)?.values ?? [],
  )
  // A query function throws nothing but what `fetchJson` throws.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const error = answers.find((answer) => answer.error !== null)?.error as RequestError | undefined
  return {
    values: [...new Set(values)].toSorted((left, right) =>
      left.localeCompare(right, undefined, { numeric: true }),
    ),
    isLoading: answers.some(({ isPending }) => isPending),
    error: values.length === 0 ? error : undefined,
  }
}
