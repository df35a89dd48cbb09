import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import type { StoredSeries } from '../store/store.ts'
import { KnownSeries } from '../wire/datadog-series/known-series.ts'
import { decodeSketches } from '../wire/datadog-sketches/decode-sketches.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import { identifyDistribution } from './identify-series.ts'
import type { Intake } from './intake.ts'
import { takeSketches } from './take-sketches.ts'

/** Identities of about 40,000 distributions. */
const knownBytes = 16 * 1024 * 1024

/** `POST /api/beta/sketches`: Datadog's SketchPayload, distributions as all their values in bins. */
export function sketchesRoute(intake: Intake): HttpRoute {
  const known = new KnownSeries<StoredSeries>(knownBytes)
  return defineIntakeRoute(intake, {
    path: '/api/beta/sketches',
    mediaTypes: ['application/x-protobuf', 'application/json'],
    answer: { status: 'ok' },
    accept: async (body, mediaType) => {
      if (mediaType === 'application/json') {
        checkEmpty(body)
        return
      }
      const identify = identifyDistribution.bind(undefined, intake)
      await takeSketches(intake, decodeSketches(body, known, identify))
    },
  })
}

/** Agents try the route with `{}`; nobody sends sketches as JSON. */
function checkEmpty(body: Buffer): void {
  if (body.toString('utf8', 0, 100).trim() === '{}') return
  throw new HttpError(
    415,
    'Cannot read the sketches: they are JSON; only application/x-protobuf can be read',
  )
}
