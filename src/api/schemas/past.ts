import { z } from 'zod'
import { agentFigureNames } from '../contract/live-agents.ts'
import type { PastAnswer } from '../contract/past.ts'
import { agentSummarySchema } from './agents.ts'
import { containerListSchema } from './containers.ts'

const unixMs = z.number().meta({ description: 'Unix milliseconds' })
const unixS = z.number().meta({ description: 'Unix seconds' })
const agent = agentSummarySchema.extend({ key: z.number() })
const { containers } = containerListSchema.shape

const tick = z.object({
  kind: z.literal('tick'),
  data: z.object({
    time: unixMs,
    rows: z.array(z.array(z.number().nullable()).readonly()).readonly().meta({
      description:
        'The key of a container and its figures, null where unread; the key alone: figures as before',
    }),
  }),
})

const changes = z.object({
  kind: z.literal('containers'),
  data: z.object({ changed: containers, removedKeys: z.array(z.number()).readonly() }),
})

const agentEvent = z.object({
  kind: z.literal('agents'),
  data: z.object({
    time: unixMs,
    changed: z.array(agent).readonly(),
    rows: z
      .array(z.array(z.number().nullable()).readonly())
      .readonly()
      .meta({
        description: `The key of an agent and its figures, null where unread: ${agentFigureNames.join(', ')}`,
      }),
    removedKeys: z.array(z.number()).readonly(),
  }),
})

/** `PastAnswer` of the contract. */
export const pastAnswerSchema = z.object({
  fromS: unixS.meta({ description: 'The moment of the snapshot' }),
  toS: unixS.meta({ description: 'How far the events go' }),
  stepS: z.number().meta({
    description:
      'Seconds between two ticks; a tick tells the mean of as many seconds up to its time',
  }),
  resolutionS: z.number().meta({ description: 'How fine figures of that time are kept' }),
  keptFromS: unixS.meta({ description: 'Earlier times cannot be asked for' }),
  snapshot: z.object({
    time: unixMs,
    serverId: z.string(),
    containers,
    agents: z.array(agent).readonly(),
  }),
  events: z.array(z.discriminatedUnion('kind', [tick, changes, agentEvent])).readonly(),
}) satisfies z.ZodType<PastAnswer>
