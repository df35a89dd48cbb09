import { z } from 'zod'
import { knownMetric } from '../query/catalogue/known-metric.ts'
import { metricUnit } from '../query/catalogue/metric-unit.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import { metricsSchema, metricTagsSchema } from './schemas/metrics.ts'
import { unixSeconds } from './unix-seconds.ts'

/** `GET /api/metrics` and what is below it. */
export function metricRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), tagsRoute(api)]
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/metrics',
    about: 'The metrics that are stored, by name.',
    input: z.object({
      query: z.strictObject({
        q: z
          .string()
          .max(500)
          .default('')
          .meta({ description: 'Words that the name has in it; every metric when empty' }),
        from: unixSeconds
          .optional()
          .meta({ description: 'Unix seconds, exact to a day: only those that had points since' }),
        limit: wholeNumber(1, 10_000).default(1000),
      }),
    }),
    answer: metricsSchema,
    handle: async ({ query: { q, from, limit } }) => {
      const sinceMs = from === undefined ? undefined : from * 1000
      const found = await answerQuestion(() =>
        api.catalogue.listMetrics({ text: q, sinceMs, limit }),
      )
      const metrics = found.metrics.map((metric) => ({
        ...metric,
        unit: unitText(metric.name),
        description: knownMetric(metric.name)?.about ?? '',
      }))
      return { metrics, isCut: found.isCut }
    },
  })
}

function tagsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/metrics/{name}/tags',
    about:
      'What the series of a metric can be filtered and grouped by. With `key`, the values of that key alone.',
    input: z.object({
      params: z.object({ name: z.string().min(1).max(200) }),
      query: z.strictObject({
        key: z.string().min(1).max(200).optional(),
        limit: wholeNumber(1, 10_000)
          .default(100)
          .meta({ description: 'Values of each key, the most frequent first' }),
      }),
    }),
    answer: metricTagsSchema,
    handle: async ({ params: { name }, query: { key, limit } }) => ({
      keys: await answerQuestion(() =>
        api.catalogue.listTags({ metric: name, key, maxValues: limit }),
      ),
    }),
  })
}

function unitText(metric: string): string {
  const { name, per } = metricUnit(metric)
  return per === '' ? name : `${name}/${per}`
}
