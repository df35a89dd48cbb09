import type { HttpRoute } from '../http/route.ts'
import { decodeJsonLogs } from '../wire/logs/decode-json-logs.ts'
import type { LogDefaults } from '../wire/logs/json-origins.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import type { Intake } from './intake.ts'
import { toBlock } from './json-log-block.ts'
import { takeLogs } from './take-logs.ts'

/** `POST /api/v2/logs`: Datadog's JSON, from its agents, its libraries and its log forwarders; text is taken as well. */
export function logsV2Route(intake: Intake): HttpRoute {
  return jsonLogsRoute(intake, '/api/v2/logs', 202)
}

/** `POST /v1/input`: the same as it was before; senders know it by 200. */
export function logsV1Route(intake: Intake): HttpRoute {
  return jsonLogsRoute(intake, '/v1/input', 200)
}

/** `POST /v1/input/<api key>`. */
export function logsV1KeyRoute(intake: Intake): HttpRoute {
  return jsonLogsRoute(intake, '/v1/input/:apiKey', 200)
}

function jsonLogsRoute(intake: Intake, path: string, status: number): HttpRoute {
  return defineIntakeRoute(intake, {
    path,
    mediaTypes: 'any',
    answer: {},
    status,
    accept: async (body, mediaType, { query }) => {
      const logs = decodeJsonLogs(body, mediaType, toDefaults(query))
      if (logs.length > 0) await takeLogs(intake, toBlock(logs, intake.clock()))
    },
  })
}

function toDefaults(query: Readonly<Record<string, unknown>>): LogDefaults {
  const text = (name: string): string | undefined => {
    const given = query[name]
    return typeof given === 'string' ? given : undefined
  }
  return {
    hostname: text('hostname'),
    service: text('service'),
    ddsource: text('ddsource'),
    ddtags: text('ddtags'),
  }
}
