import type { HttpRoute } from '../http/route.ts'
import { decodeChecks } from '../wire/datadog-checks/decode-checks.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import { judgeTime, type Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'

const maxMessageLength = 4000

/** `POST /api/v1/check_run`: service checks. */
export function checkRunRoute(intake: Intake): HttpRoute {
  return defineIntakeRoute(intake, {
    path: '/api/v1/check_run',
    mediaTypes: ['application/json', 'text/json'],
    answer: { status: 'ok' },
    accept: async (body) => {
      const nowMs = intake.clock()
      const decoded = decodeChecks(body, nowMs)
      const good = decoded.filter(({ timeMs }) => judgeTime(timeMs, intake, nowMs) === 'good')
      intake.counts.add('service_checks', good.length)
      intake.counts.add('service_checks_dropped.time', decoded.length - good.length)
      if (good.length === 0) return
      const serviceChecks = good.map((check) => ({
        ...check,
        host: normaliseHost(check.host),
        tags: normaliseTags(check.tags),
        message: check.message.slice(0, maxMessageLength),
      }))
      await intake.store.write({ serviceChecks })
    },
  })
}
