import type { FastifyRequest } from 'fastify'
import { discardBody } from '../http/discard-body.ts'
import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import { encodeAnswer } from '../wire/datadog-process/encode-answer.ts'
import { checkKey } from './check-key.ts'
import type { Intake } from './intake.ts'
import { unkeptRoutes, type UnkeptRoute } from './unkept-routes.ts'

/** Longer than a request may take to arrive: what is slower is ended by that limit. */
const longestMs = 60_000

const flare: UnkeptRoute = { path: '/support/flare', name: 'flares', about: 'flares' }
/** What an agent prints that sends a flare. */
const flareAnswer = { case_id: 0, error: 'This server keeps no flares' }

/** All routes of which nothing is kept: each body is read without being looked at, answered and counted by name. */
export function unkeptHttpRoutes(intake: Intake): HttpRoute[] {
  const processAnswer = encodeAnswer()
  const routes = unkeptRoutes.map((route) =>
    route.wantsProcessAnswer === true
      ? unkeptRoute(intake, route, processAnswer)
      : unkeptRoute(intake, route, {}),
  )
  return [
    ...routes,
    unkeptRoute(intake, flare, flareAnswer),
    unkeptRoute(intake, { ...flare, path: `${flare.path}/:case` }, flareAnswer),
    flareProbe,
  ]
}

/** Before a flare, and to diagnose, an agent asks with HEAD and without a key where it would be led. */
const flareProbe: HttpRoute = {
  method: 'GET',
  path: flare.path,
  audience: 'anyone',
  handle: async () => ({}),
}

function unkeptRoute(
  intake: Intake,
  { path, name }: UnkeptRoute,
  answer: object | Buffer,
): HttpRoute {
  return {
    method: 'POST',
    path,
    audience: 'agents',
    handle: async (request, reply) => {
      await discard(intake, request)
      intake.counts.add(`unkept.${name}`, 1)
      if (Buffer.isBuffer(answer)) void reply.type('application/x-protobuf')
      return reply.code(202).send(answer)
    },
  }
}

async function discard(intake: Intake, request: FastifyRequest): Promise<void> {
  intake.counts.add('requests', 1)
  try {
    checkKey(request, intake.keys)
  } catch (error) {
    intake.counts.add('requests_refused.403', 1)
    throw error
  }
  if (await discardBody(request.raw, longestMs)) return
  intake.counts.add('requests_refused.413', 1)
  throw new HttpError(
    413,
    'Cannot take the body: it is too long, or does not end; send less at once',
  )
}
