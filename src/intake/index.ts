import type { HttpRoute } from '../http/route.ts'
import { checkRunRoute } from './check-run.ts'
import { eventsRoute } from './events.ts'
import type { Intake } from './intake.ts'
import { logsV1KeyRoute, logsV1Route, logsV2Route } from './json-logs.ts'
import { logsRoute } from './logs.ts'
import { processRoutes } from './process-messages.ts'
import { otlpLogsRoute } from './otlp-logs.ts'
import { otlpMetricsRoute } from './otlp-metrics.ts'
import { otlpTracesRoute } from './otlp-traces.ts'
import { remoteWriteRoutes } from './remote-write.ts'
import { reportRoute } from './report.ts'
import { seriesV1Route } from './series-v1.ts'
import { seriesV2Route } from './series-v2.ts'
import { sketchesRoute } from './sketches.ts'
import { unkeptHttpRoutes } from './unkept.ts'
import { unknownRoute } from './unknown-route.ts'
import { validateRoute } from './validate.ts'

/** All routes that agents post to. A new one is a file here and a line in this list. */
export function intakeRoutes(intake: Intake): HttpRoute[] {
  return [
    seriesV2Route(intake),
    seriesV1Route(intake),
    sketchesRoute(intake),
    checkRunRoute(intake),
    eventsRoute(intake),
    validateRoute(intake),
    reportRoute(intake),
    logsRoute(intake),
    logsV2Route(intake),
    logsV1Route(intake),
    logsV1KeyRoute(intake),
    ...remoteWriteRoutes(intake),
    otlpMetricsRoute(intake),
    otlpLogsRoute(intake),
    otlpTracesRoute(intake),
    ...processRoutes(intake),
    ...unkeptHttpRoutes(intake),
    unknownRoute(intake),
  ]
}
