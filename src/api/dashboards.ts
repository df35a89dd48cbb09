import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { Api } from './api.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'
import { dashboardSchema, dashboardsSchema } from './schemas/dashboards.ts'

const params = z.object({
  id: z.string().max(100).meta({ description: "The file's name without `.json`; `docker`" }),
})

/** `GET /api/dashboards` and the routes below it. */
export function dashboardRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), dashboardRoute(api), sourceRoute(api)]
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/dashboards',
    about: 'All dashboards, and the files that could not be read as one.',
    input: noInput,
    answer: dashboardsSchema,
    handle: () => api.dashboards.list(),
  })
}

function dashboardRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/dashboards/{id}',
    about:
      'One dashboard as pages draw it. Expressions have template variables in them, which whoever asks replaces first: the ' +
      'values of a tag are told by `/api/metrics/{name}/tags`. What could not be read is in `leftOut`.',
    input: z.object({ params }),
    answer: dashboardSchema,
    handle: async ({ params: { id } }) => {
      const found = await api.dashboards.find(id)
      if (found === undefined) throw notFound(id)
      if (found.kind === 'dashboard') return found.dashboard
      throw new HttpError(422, `Cannot show dashboard ${id}: ${found.fault.reason}`)
    },
  })
}

function sourceRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/dashboards/{id}/source',
    about: "The dashboard in Datadog's format, to keep it as a file and change it.",
    input: z.object({ params }),
    handle: async ({ params: { id } }, reply) => {
      const source = await api.dashboards.source(id)
      if (source === undefined) throw notFound(id)
      return reply.type('application/json').send(source)
    },
  })
}

function notFound(id: string): HttpError {
  return new HttpError(404, `Cannot find dashboard ${id}: there is no file ${id}.json`)
}
