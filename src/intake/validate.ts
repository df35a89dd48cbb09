import type { HttpRoute } from '../http/route.ts'
import { checkKey } from './check-key.ts'
import type { Intake } from './intake.ts'

/** `GET /api/v1/validate`: whether the key is one of ours. */
export function validateRoute(intake: Intake): HttpRoute {
  return {
    method: 'GET',
    path: '/api/v1/validate',
    audience: 'agents',
    handle: async (request) => {
      checkKey(request, intake.keys)
      return { valid: true }
    },
  }
}
