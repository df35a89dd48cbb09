import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'

/** Pairs that make sense together only, and what the missing one is. */
const pairs = [
  ['vigie.tls.cert', 'vigie.tls.key', 'the file with its key'],
  ['vigie.tls.key', 'vigie.tls.cert', 'the file with its certificate'],
  ['vigie.oidc.issuer', 'vigie.oidc.client_id', 'the name that the provider has given'],
  ['vigie.oidc.issuer', 'vigie.oidc.client_secret', 'the secret that the provider has given'],
  ['vigie.oidc.client_id', 'vigie.oidc.issuer', 'the address of the provider'],
] as const

/** Checks what the settings of the server's door demand of one another. */
export function checkAccess({ assignments }: CheckedAssignments, { faults }: Findings): void {
  for (const [key, other, what] of pairs) {
    const given = assignments.get(key)
    if (given === undefined || assignments.has(other)) continue
    faults.push({
      place: given.place,
      key,
      message: `saw no ${other} beside it; set that to ${what}`,
    })
  }
}
