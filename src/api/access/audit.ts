import { z } from 'zod'
import type { Api } from '../api.ts'
import { defineApiRoute, type ApiRoute } from '../define-api-route.ts'
import { wholeNumber } from '../logs-input.ts'
import { auditListSchema } from '../schemas/access.ts'

/** `GET /api/access/audit` */
export function auditRoute({ access }: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/access/audit',
    needs: 'admin',
    about: 'Who signed in, tried to, and changed keys, accounts and tokens; newest first.',
    input: z.object({ query: z.strictObject({ limit: wholeNumber(1, 1000).default(200) }) }),
    answer: auditListSchema,
    handle: async ({ query }) => ({ entries: await access.audit.newest(query.limit) }),
  })
}
