import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'

/** Warns of what makes sending less safe than it looks. */
export function checkOutbound(
  { parsed, assignments }: CheckedAssignments,
  { warnings }: Findings,
): void {
  const placeOf = (key: string): string => assignments.get(key)?.place ?? 'default'
  if (parsed.skip_ssl_validation) {
    const key = 'skip_ssl_validation'
    warnings.push(
      `${placeOf(key)}: ${key} is on: whoever is on the way can read the keys and all that is sent; to trust a certificate of your own, name it in vigie.ca_cert`,
    )
  }
  if (parsed.min_tls_version === 'tlsv1.0' || parsed.min_tls_version === 'tlsv1.1') {
    warnings.push(
      `${placeOf('min_tls_version')}: min_tls_version ${parsed.min_tls_version} counts as tlsv1.2, since nothing older is spoken`,
    )
  }
  if (parsed.secret_backend_command !== '' && parsed.secret_backend_type !== '') {
    const key = 'secret_backend_type'
    warnings.push(`${placeOf(key)}: ${key} does not count, since secret_backend_command is set`)
  }
}
