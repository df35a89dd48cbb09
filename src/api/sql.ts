import { z } from 'zod'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { sqlAnswerSchema } from './schemas/query.ts'

/** `POST /api/sql` */
export function sqlRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/sql',
    about:
      'A question in SQL over the views metrics, distributions, events, service_checks, containers and container_totals; read-only, ' +
      'with limits on time, memory and rows.',
    input: z.object({ body: z.object({ query: z.string().min(1).max(100_000) }) }),
    answer: sqlAnswerSchema,
    readBody: api.readBody,
    handle: async ({ body }) => answerQuestion(() => api.askSql(body.query)),
  })
}
