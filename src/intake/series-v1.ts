import type { HttpRoute } from '../http/route.ts'
import { decodeSeriesV1 } from '../wire/datadog-series/decode-json.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import type { Intake } from './intake.ts'
import { listPoints } from './list-points.ts'
import { takePoints } from './take-points.ts'

/** `POST /api/v1/series`: Datadog's older JSON. */
export function seriesV1Route(intake: Intake): HttpRoute {
  return defineIntakeRoute(intake, {
    path: '/api/v1/series',
    mediaTypes: ['application/json', 'text/json'],
    answer: { status: 'ok' },
    accept: async (body) => {
      await takePoints(intake, listPoints(intake, decodeSeriesV1(body)))
    },
  })
}
