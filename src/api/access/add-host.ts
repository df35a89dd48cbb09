import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { describeAddHost } from '../../access/describe-add-host.ts'
import { HttpError } from '../../http/http-error.ts'
import { isLoopback } from '../../http/loopback.ts'
import type { Api } from '../api.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'
import { toKeyRow } from '../rows/access-rows.ts'
import { addHostHelpSchema, addHostInput, addHostSchema } from '../schemas/access.ts'
import { toActor } from './to-actor.ts'

/** Quoted nowhere, and found at once in a long text. */
const keyPlaceholder = 'PUT-THE-KEY-HERE'

/** `GET /api/add-host`, `POST /api/access/add-host` */
export function addHostRoutes(api: Api): readonly ApiRoute[] {
  return [helpRoute(api), addRoute(api)]
}

function helpRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/add-host',
    about:
      'Each way in which a host is added, with its command or file; a word stands where the key belongs.',
    input: noInput,
    answer: addHostHelpSchema,
    handle: async (_input, { request }) => {
      const serverUrl = api.publicUrl ?? ownUrl(request)
      return {
        serverUrl,
        isLocalOnly: isLoopback(new URL(serverUrl).hostname),
        keyPlaceholder,
        commands: describeAddHost({ serverUrl, key: keyPlaceholder, image: api.agentImage }),
      }
    },
  })
}

function addRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/add-host',
    needs: 'admin',
    about: 'Makes a key, and says each way in which a host is added with it.',
    input: z.object({ body: addHostInput }),
    answer: addHostSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply, person) => {
      const serverUrl = api.publicUrl ?? ownUrl(reply.request)
      const { row, key } = await api.access.keys.create(body.name, toActor(person, reply))
      const commands = describeAddHost({ serverUrl, key, image: api.agentImage })
      return { row: toKeyRow(row), commands }
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
