import { freeBytes } from '../http/free-bytes.ts'
import type { HttpRoute } from '../http/route.ts'
import type { LiveTarget } from '../store/live-table.ts'
import { decodeSeriesV2 } from '../wire/datadog-series/decode-json.ts'
import { KnownSeries } from '../wire/datadog-series/known-series.ts'
import { walkSeries } from '../wire/datadog-series/walk-series.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import { identifySeries } from './identify-series.ts'
import type { Intake } from './intake.ts'
import { listPoints } from './list-points.ts'
import { takePoints } from './take-points.ts'

/** Twice what it takes to know a series of a container by its bytes, since half of what is kept may be out of use. */
const identityBytes = 768

/** `POST /api/v2/series`: Datadog's MetricPayload, in protobuf or JSON. */
export function seriesV2Route(intake: Intake): HttpRoute {
  const known = new KnownSeries<LiveTarget>(intake.registry.maxSeries * identityBytes)
  return defineIntakeRoute(intake, {
    path: '/api/v2/series',
    mediaTypes: ['application/x-protobuf', 'application/json'],
    answer: { errors: [] },
    accept: async (body, mediaType) => {
      const points =
        mediaType === 'application/json'
          ? listPoints(intake, decodeSeriesV2(body))
          : walkSeries(body, known, (series) => identifySeries(intake, series))
      // Whatever was found in it is a copy, and storing it takes much longer.
      freeBytes(body)
      await takePoints(intake, points)
    },
  })
}
