import { z } from 'zod'
import { listOf } from '../json-lists.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import { parseJson } from '../parse-json.ts'

const check = z.object({
  check: z.string().min(1).max(200),
  host_name: z.string().nullish(),
  timestamp: z.number().nullish(),
  status: z.literal([0, 1, 2, 3]),
  message: z.string().nullish(),
  tags: listOf(z.string()).nullish(),
})
const body = z.preprocess((given) => (Array.isArray(given) ? given : [given]), listOf(check))

/**
 * Reads the JSON body of `/api/v1/check_run`: a list of checks, or one alone. A check without a time is of now.
 * @throws {WireError} Naming the first check that does not fit.
 * @see datadog.md C.2
 */
export function decodeChecks(bytes: Uint8Array, nowMs: number): ServiceCheck[] {
  return parseJson(bytes, body, 'the service checks').map((one) => ({
    kind: 'service-check',
    name: one.check,
    status: one.status,
    message: one.message ?? '',
    timeMs: one.timestamp == null ? nowMs : one.timestamp * 1000,
    host: one.host_name ?? '',
    tags: one.tags ?? [],
  }))
}
