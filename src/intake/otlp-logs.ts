import type { HttpRoute } from '../http/route.ts'
import { logBlockFromOtlp } from '../wire/otlp/log-block-from-otlp.ts'
import { logsRequest } from '../wire/otlp/messages.ts'
import { defineOtlpRoute } from './define-otlp-route.ts'
import type { Intake } from './intake.ts'
import { takeLogs } from './take-logs.ts'

/**
 * `POST /v1/logs`: log records of OpenTelemetry by OTLP/HTTP, in protobuf or JSON.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpLogsRoute(intake: Intake): HttpRoute {
  return defineOtlpRoute(intake, {
    path: '/v1/logs',
    what: 'the OTLP logs',
    message: logsRequest,
    rejectedName: 'rejectedLogRecords',
    accept: async ({ resourceLogs }) => {
      const nowNs = BigInt(Math.trunc(intake.clock())) * 1_000_000n
      const rejected = await takeLogs(intake, logBlockFromOtlp(resourceLogs, nowNs))
      const sentence = 'Not kept are records that are older than log lines are kept'
      return { rejected, sentence: rejected === 0 ? '' : sentence }
    },
  })
}
