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
    mediaTypes: ['application/x-protobuf'],
    answer: { status: 'ok' },
    accept: async (body) => {
      const identify = identifyDistribution.bind(undefined, intake)
      await takeSketches(intake, decodeSketches(body, known, identify))
    },
  })
}
