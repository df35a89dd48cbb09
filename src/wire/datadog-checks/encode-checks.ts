import type { ServiceCheck } from '../../model/service-check.ts'

/** Service checks as `POST /api/v1/check_run` takes them: a JSON array, times in seconds. */
export function encodeChecks(checks: readonly ServiceCheck[]): string {
  return JSON.stringify(
    checks.map(({ name, host, timeMs, status, message, tags }) => ({
      check: name,
      host_name: host,
      timestamp: Math.floor(timeMs / 1000),
      status,
      message,
      tags,
    })),
  )
}
