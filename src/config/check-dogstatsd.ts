import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'
import { usesOldBlocklist } from './to-dogstatsd-settings.ts'

/** Warns of options for DogStatsD that do not count because of another. */
export function checkDogstatsd(
  { parsed, assignments }: CheckedAssignments,
  { warnings }: Findings,
): void {
  const warn = (key: string, reason: string): void => {
    warnings.push(`${assignments.get(key)?.place ?? 'default'}: ${key} does not count, ${reason}`)
  }
  if (parsed.statsd_metric_blocklist.length > 0 && !usesOldBlocklist(parsed)) {
    warn('statsd_metric_blocklist', 'since metric_filterlist is set')
  }
  const { statsd_forward_host: host, statsd_forward_port: port } = parsed
  if (host !== '' && port === 0) warn('statsd_forward_host', 'without statsd_forward_port')
  if (host === '' && port !== 0) warn('statsd_forward_port', 'without statsd_forward_host')
}
