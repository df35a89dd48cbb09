import { z } from 'zod'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { toAgentRow } from './rows/agent-row.ts'
import { agentListSchema } from './schemas/agents.ts'
import { watchServerUsage } from './server-usage.ts'

/** `GET /api/agents` */
export function agentsRoute(api: Api): ApiRoute {
  const usage = watchServerUsage()
  return defineApiRoute({
    method: 'GET',
    path: '/api/agents',
    about:
      'The agents that report or did so in the last day, how they do, their hosts, and this server itself.',
    input: z.object({
      query: z.strictObject({
        host: z.string().exactOptional().meta({
          description: 'Only the agents of this host; all when left out, none when empty',
        }),
      }),
    }),
    answer: agentListSchema,
    handle: async ({ query: { host } }) => ({
      time: api.clock(),
      server: {
        version: api.version,
        pid: process.pid,
        startedAt: api.startedAtMs,
        ...usage(),
        counts: api.counts(),
        store: api.describeStore(),
      },
      agents: api
        .listAgents()
        .filter(({ report }) => host === undefined || report.host === host)
        .map(toAgentRow),
    }),
  })
}
