import type { HttpRoute } from '../http/route.ts'
import { decodeBlock } from '../wire/logs/decode-block.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import type { Intake } from './intake.ts'
import { takeLogs } from './take-logs.ts'

/**
 * `POST /api/vigie/v1/logs`: log lines as columns, which is how our agents send them. Ours, because Datadog's JSON would
 * have each line read and written as text on both sides.
 * @see docs/reference/logs-route.md
 */
export function logsRoute(intake: Intake): HttpRoute {
  return defineIntakeRoute(intake, {
    path: '/api/vigie/v1/logs',
    mediaTypes: ['application/x-vigie-logs'],
    answer: { errors: [] },
    accept: async (body) => {
      await takeLogs(intake, decodeBlock(body))
    },
  })
}
