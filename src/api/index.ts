import type { HttpRoute } from '../http/route.ts'
import type { LiveSource } from '../query/live.ts'
import { agentsRoute } from './agents.ts'
import type { Api } from './api.ts'
import { containerRoute, containersRoute } from './containers.ts'
import { dashboardRoutes } from './dashboards.ts'
import { datadogHappeningRoutes } from './datadog-happenings.ts'
import { datadogReadRoutes } from './datadog-reads.ts'
import { toHttpRoute } from './define-api-route.ts'
import { docsRoute } from './docs-page.ts'
import { eventsRoute } from './events.ts'
import { healthRoute } from './health.ts'
import { openLiveApi } from './live.ts'
import { openLogTailApi } from './logs-tail.ts'
import { logRoutes } from './logs.ts'
import { metricRoutes } from './metrics.ts'
import { openApiRoute } from './openapi.ts'
import { prometheusRoutes } from './prometheus/prometheus-routes.ts'
import { queryRoute } from './query.ts'
import { runsRoute } from './runs.ts'
import { sqlRoute } from './sql.ts'
import { v2QueryRoutes } from './v2-query.ts'

/** The routes for people and the way to end what they keep open. */
export interface ApiRoutes {
  readonly routes: readonly HttpRoute[]
  /** Ends the live streams. */
  readonly close: () => void
}

/** All routes for people. A new one is a file here and a line in this list. */
export function openApi(api: Api, liveSource: LiveSource): ApiRoutes {
  const live = openLiveApi(api, liveSource)
  const logTail = openLogTailApi(api)
  const routes = [
    healthRoute(api),
    containersRoute(api),
    containerRoute(api),
    runsRoute(api),
    agentsRoute(api),
    live.route,
    ...logRoutes(api),
    logTail.route,
    eventsRoute(api),
    ...metricRoutes(api),
    ...dashboardRoutes(api),
    ...datadogReadRoutes(api),
    ...datadogHappeningRoutes(api),
    queryRoute(api),
    ...v2QueryRoutes(api),
    ...prometheusRoutes(api),
    sqlRoute(api),
  ]
  return {
    routes: [...routes, openApiRoute(api, routes), docsRoute(routes)].map(toHttpRoute),
    close() {
      live.close()
      logTail.close()
    },
  }
}
