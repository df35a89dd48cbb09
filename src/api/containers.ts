import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { ContainerAnswer } from '../query/containers.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { toContainerDetail, toContainerRow } from './rows/container-row.ts'
import { toProcessList } from './rows/process-row.ts'
import { containerDetailSchema, containerListSchema } from './schemas/containers.ts'
import { processListSchema } from './schemas/processes.ts'

const containerId = z
  .string()
  .regex(/^[0-9a-f]{12,64}$/, 'expected 12 to 64 lower-case hexadecimal digits of a container id')

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
      params: z.object({ id: containerId }),
    }),
    answer: containerDetailSchema,
    handle: async ({ params }) => toContainerDetail(find(api, params.id)),
  })
}

/** `GET /api/containers/{id}/processes` */
export function processesRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/containers/{id}/processes',
    about:
      'What runs in a container, the busiest first. Nothing is read until somebody asks: the first answers are empty, and from ' +
      'then on its agent reads every two seconds for as long as somebody asks again within ten.',
    input: z.object({ params: z.object({ id: containerId }) }),
    answer: processListSchema,
    handle: async ({ params }) => {
      const { container, host } = find(api, params.id)
      return toProcessList(api.lookAtProcesses(container.id, host))
    },
  })
}

/** @throws {HttpError} 400 when several begin so, 404 when none does. */
function find(api: Api, id: string): ContainerAnswer {
  const found = api.findContainer(id)
  if (found.kind === 'found') return found.container
  if (found.kind === 'several') {
    throw new HttpError(
      400,
      `Cannot tell which container is meant: ${found.count} ids start with ${id}; give more digits`,
    )
  }
  throw new HttpError(
    404,
    `Cannot find container ${id}: no agent has reported it since the server started`,
  )
}
