import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { toContainerDetail, toContainerRow } from './rows/container-row.ts'
import { containerDetailSchema, containerListSchema } from './schemas/containers.ts'

const idRule = 'expected 12 to 64 lower-case hexadecimal digits of a container id'

/** `GET /api/containers` */
export function containersRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/containers',
    about:
      'Containers of all hosts with their newest figures. `running` (the default) gives those that `docker ps` lists, ' +
      'paused ones too; `all` gives every one, and for ten minutes those that were removed.',
    input: z.object({
      query: z.object({
        state: z
          .enum(['running', 'all'], { error: 'expected "running" or "all"' })
          .default('running'),
      }),
    }),
    answer: containerListSchema,
    handle: async ({ query }) => ({
      time: api.clock(),
      containers: api.listContainers(query.state).map(toContainerRow),
    }),
  })
}

/** `GET /api/containers/{id}` */
export function containerRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/containers/{id}',
    about:
      'One container with all that the engine tells of it, by id or by at least its first 12 digits.',
    input: z.object({
      params: z.object({ id: z.string().regex(/^[0-9a-f]{12,64}$/, idRule) }),
    }),
    answer: containerDetailSchema,
    handle: async ({ params }) => {
      const found = api.findContainer(params.id)
      if (found.kind === 'found') return toContainerDetail(found.container)
      if (found.kind === 'several') {
        throw new HttpError(
          400,
          `Cannot tell which container is meant: ${found.count} ids start with ${params.id}; give more digits`,
        )
      }
      throw new HttpError(
        404,
        `Cannot find container ${params.id}: no agent has reported it since the server started`,
      )
    },
  })
}
