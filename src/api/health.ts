import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { Api } from './api.ts'
import type { Health } from './contract/health.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'

/** `GET /api/health`: for probes, so nobody has to sign in. */
export function healthRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/health',
    audience: 'anyone',
    about:
      'Whether the server takes data and answers questions: 200 when it does, else 503 with the reason.',
    input: noInput,
    answer: z.object({ status: z.literal('ok'), version: z.string(), uptimeSeconds: z.number() }),
    handle: async (): Promise<Health> => {
      const fault = api.whyNotReady()
      if (fault !== undefined) throw new HttpError(503, fault)
      const uptimeSeconds = Math.floor((api.clock() - api.startedAtMs) / 1000)
      return { status: 'ok', version: api.version, uptimeSeconds }
    },
  })
}
