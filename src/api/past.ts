import { z } from 'zod'
import type { PastMoment } from '../query/past/past-answer.ts'
import { openAgentTeller, type AgentTeller } from './agent-teller.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import type { PastAnswer, PastEvent } from './contract/past.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { wholeNumber } from './logs-input.ts'
import { toContainerRow } from './rows/container-row.ts'
import { pastAnswerSchema } from './schemas/past.ts'
import { unixSeconds } from './unix-seconds.ts'

const maxSeconds = 86_400

/** `GET /api/past` */
export function pastRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/past',
    about:
      'The containers and agents as the live stream showed them at a second in the past, and what it told in the `seconds` ' +
      'after that, in steps of `step` seconds. Older times are answered as fine as they are kept; `toS` says how far the ' +
      'answer goes.',
    input: z.object({
      query: z.strictObject({
        at: unixSeconds.meta({ description: 'Unix seconds' }),
        seconds: wholeNumber(0, maxSeconds)
          .default(0)
          .meta({ description: 'How far to go on after `at`' }),
        step: wholeNumber(1, maxSeconds)
          .default(1)
          .meta({ description: 'Seconds between two ticks' }),
      }),
    }),
    answer: pastAnswerSchema,
    handle: async ({ query: { at, seconds, step } }): Promise<PastAnswer> => {
      const nowS = Math.floor(api.clock() / 1000)
      const request = { atS: at, seconds, stepS: step, nowS, agents: api.listAgents() }
      const found = await answerQuestion(() => api.askPast(request))
      const { containers, agents, moments, ...bounds } = found
      const teller = openAgentTeller()
      return {
        ...bounds,
        snapshot: {
          time: bounds.fromS * 1000,
          serverId: String(api.startedAtMs),
          containers: containers.map(toContainerRow),
          agents: teller.tell(agents).changed,
        },
        events: moments.flatMap((moment) => toEvents(moment, teller)),
      }
    },
  })
}

/** In the order of the live stream: who is there, then what they do. */
function toEvents(
  { timeMs, changes, agents }: PastMoment,
  teller: AgentTeller,
): readonly PastEvent[] {
  const { changed, removedKeys, ticks } = changes
  const hasNews = changed.length > 0 || removedKeys.length > 0
  return [
    ...(hasNews
      ? [
          {
            kind: 'containers',
            data: { changed: changed.map(toContainerRow), removedKeys },
          } as const,
        ]
      : []),
    ...ticks.map(
      (tick) => ({ kind: 'tick', data: { time: tick.timeMs, rows: tick.rows } }) as const,
    ),
    { kind: 'agents', data: { time: timeMs, ...teller.tell(agents) } },
  ]
}
