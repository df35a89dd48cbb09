import type { FastifyRequest } from 'fastify'
import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import { checkKey } from './check-key.ts'
import type { Intake } from './intake.ts'

/** Different addresses that are counted one by one; an agent knows far fewer. */
const maxUnknown = 50
const longestPath = 100

/**
 * `POST` to any address that there is not: 404, as for anybody, but counted by address for one who shows a key, so that
 * it can be seen what an agent sends in vain.
 */
export function unknownRoute(intake: Intake): HttpRoute {
  const seen = new Set<string>()
  return {
    method: 'POST',
    path: '/*',
    audience: 'agents',
    handle: async (request) => {
      const path = (request.url.split('?', 1)[0] ?? '').slice(0, longestPath)
      if (hasKey(intake, request)) {
        if (seen.size < maxUnknown) seen.add(path)
        intake.counts.add(`unknown.${seen.has(path) ? path : 'others'}`, 1)
      }
      throw new HttpError(404, `Cannot POST ${path}: there is no such address; /api/docs lists all`)
    },
  }
}

function hasKey(intake: Intake, request: FastifyRequest): boolean {
  try {
    checkKey(request, intake.keys)
    return true
  } catch {
    return false
  }
}
