import { z } from 'zod'
import type { Api } from './api.ts'
import { answerQuestion } from './answer-question.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { queryAnswerSchema } from './schemas/query.ts'

const seconds = z.coerce
  .number({ error: 'expected Unix seconds' })
  .int('expected whole Unix seconds')

/** `GET /api/v1/query`: Datadog's route. */
export function queryRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/query',
    about:
      "The history of a metric, asked in Datadog's language, for example " +
      '`avg:docker.cpu.usage{short_image:web} by {container_name}`.',
    input: z.object({
      query: z.object({
        from: seconds.meta({ description: 'Unix seconds' }),
        to: seconds.meta({ description: 'Unix seconds' }),
        query: z.string().min(1).max(10_000),
        interval: seconds.optional().meta({
          description:
            'Seconds between two points; chosen from the range when absent (not in Datadog)',
        }),
      }),
    }),
    answer: queryAnswerSchema,
    handle: async ({ query: { from, to, query, interval } }) =>
      answerQuestion(() => api.askSeries({ fromS: from, toS: to, query, intervalS: interval })),
  })
}
