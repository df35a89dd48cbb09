import { z } from 'zod'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { runOrders } from './contract/runs.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { toRunRow, toRunSums } from './rows/run-row.ts'
import { runListSchema } from './schemas/runs.ts'
import { unixSeconds } from './unix-seconds.ts'

const maxLimit = 1000
const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const sinceRule = 'expected how far to look back, such as 90s, 15m, 1h or 7d, at most 3650d'
const limitRule = `expected a whole number from 1 to ${maxLimit}`

const pattern = z.string().min(1, 'expected a text, * stands for anything').max(500)

const query = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,9}[smhd]$/, sinceRule)
    .default('1h')
    .transform(toMilliseconds)
    .refine((ms) => ms > 0 && ms <= 3650 * 86_400_000, sinceRule),
  until: unixSeconds.optional().meta({
    description: 'Unix seconds: counted as now, so that only runs that had ended then are listed',
  }),
  image: pattern.optional().meta({
    description:
      'The image, the same without its tag, or the last part of its name; * stands for anything',
  }),
  name: pattern.optional().meta({ description: 'Name of the container; * stands for anything' }),
  container: z
    .string()
    .regex(/^[0-9a-f]{12,64}$/, 'expected 12 to 64 lower-case hexadecimal digits of a container id')
    .optional(),
  host: pattern.optional().meta({ description: '* stands for anything' }),
  sort: z.enum(runOrders, { error: `expected one of ${runOrders.join(', ')}` }).default('finished'),
  limit: z.coerce
    .number({ error: limitRule })
    .int(limitRule)
    .min(1, limitRule)
    .max(maxLimit, limitRule)
    .default(100),
})

/** `GET /api/runs` */
export function runsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/runs',
    about:
      'Runs of containers that have ended, each with what it used from its start to its end, and the sums over all that ' +
      'match. `since` is how far to look back at their ends, `1h` by default, from now or from `until`; `sort` and `limit` choose the rows.',
    input: z.object({ query }),
    answer: runListSchema,
    handle: async ({ query: { since, until, sort, ...rest } }) => {
      const untilMs = until === undefined ? undefined : (until + 1) * 1000
      const time = untilMs ?? api.clock()
      const sinceMs = time - since
      const found = await answerQuestion(() =>
        api.askRuns({ ...rest, order: sort, sinceMs, ...(untilMs !== undefined && { untilMs }) }),
      )
      return {
        time,
        since: sinceMs,
        runs: found.runs.map(toRunRow),
        sums: toRunSums(found.sums),
      }
    },
  })
}

function toMilliseconds(text: string): number {
  return Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN)
}
