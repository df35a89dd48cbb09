import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { describeAddHost } from '../../access/describe-add-host.ts'
import { HttpError } from '../../http/http-error.ts'
import type { Api } from '../api.ts'
import { defineApiRoute, type ApiRoute } from '../define-api-route.ts'
import { toKeyRow } from '../rows/access-rows.ts'
import { addHostInput, addHostSchema } from '../schemas/access.ts'
import { toActor } from './to-actor.ts'

/** `POST /api/access/add-host` */
export function addHostRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/add-host',
    needs: 'admin',
    about: 'Makes a key, and says in one line each how a host is added with it.',
    input: z.object({ body: addHostInput }),
    answer: addHostSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply, person) => {
      const serverUrl = api.publicUrl ?? ownUrl(reply.request)
      const { row, key } = await api.access.keys.create(body.name, toActor(person, reply))
      return { row: toKeyRow(row), commands: describeAddHost(serverUrl, key) }
    },
  })
}

/** As the person who asks reaches the server, other hosts may reach it too. */
function ownUrl({ protocol, host }: FastifyRequest): string {
  const url = `${protocol}://${host}`
  if (URL.canParse(url) && /^https?:\/\/[\w.:[\]-]+$/.test(url)) return url
  throw new HttpError(
    400,
    'Cannot tell the address of this server: the request does not name it; set vigie.public_url',
  )
}
