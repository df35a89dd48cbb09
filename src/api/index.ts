import type { HttpRoute } from '../http/route.ts'
import type { LiveSource } from '../query/live.ts'
import { accessRoutes } from './access/access-routes.ts'
import { agentsRoute } from './agents.ts'
import type { Api } from './api.ts'
import { containerRoute, containersRoute, processesRoute } from './containers.ts'
import { dashboardRoutes } from './dashboards.ts'
import { datadogHappeningRoutes } from './datadog-happenings.ts'
import { datadogReadRoutes } from './datadog-reads.ts'
import { toHttpRoute } from './define-api-route.ts'
import { docsRoute } from './docs-page.ts'
import { eventsRoute } from './events.ts'
import { happeningRoutes } from './happenings.ts'
import { healthRoute } from './health.ts'
import { labelRoutes } from './labels.ts'
import { openLiveApi } from './live.ts'
import { openLogTailApi } from './logs-tail.ts'
import { logRoutes } from './logs.ts'
import { metricRoutes } from './metrics.ts'
import { openApiRoute } from './openapi.ts'
import { pastRoute } from './past.ts'
import { prometheusRoutes } from './prometheus/prometheus-routes.ts'
import { queryRoute } from './query.ts'
import { runsRoute } from './runs.ts'
import { openScopedApis } from './scoped-routes.ts'
import { sqlRoute } from './sql.ts'
import { v2QueryRoutes } from './v2-query.ts'
import { viewRoutes } from './views.ts'

/** The routes for people and the way to end what they keep open. */
export interface ApiRoutes {
  readonly routes: readonly HttpRoute[]
  /** Ends the live streams. */
  readonly close: () => void
}

/**
 * All routes for people. A new one is a file here and a line in this list; it is given an Api that holds no more than
 * whoever asks may see. Those of a stream are made once and look at who asks themselves.
 */
export function openApi(api: Api, liveSource: LiveSource): ApiRoutes {
  const { apiOf, scopeRoutes } = openScopedApis(api)
  const live = openLiveApi(api, liveSource)
  const logTail = openLogTailApi(api, apiOf)
  const routes = scopeRoutes((own) => [
    healthRoute(own),
    containersRoute(own),
    ...labelRoutes(own),
    containerRoute(own),
    processesRoute(own),
    runsRoute(own),
    agentsRoute(own),
    pastRoute(own),
    live.route,
    ...logRoutes(own),
    logTail.route,
    eventsRoute(own),
    ...happeningRoutes(own),
    ...metricRoutes(own),
    ...dashboardRoutes(own),
    ...viewRoutes(own),
    ...datadogReadRoutes(own),
    ...datadogHappeningRoutes(own),
    queryRoute(own),
    ...v2QueryRoutes(own),
    ...prometheusRoutes(own),
    sqlRoute(own),
    ...accessRoutes(own),
  ])
  return {
    routes: [...routes, openApiRoute(api, routes), docsRoute(routes)].map(toHttpRoute),
    close() {
      live.close()
      logTail.close()
    },
  }
}
