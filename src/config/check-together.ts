import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'
import { isLoopback } from './schema/listen-address.ts'

/** Checks what one setting demands of another: a server that other machines can reach needs a token. */
export function checkTogether(
  { parsed, assignments }: CheckedAssignments,
  findings: Findings,
): void {
  const { listen, access_token: accessToken } = parsed.vigie
  if (isLoopback(listen) || accessToken !== undefined) return
  findings.faults.push({
    place: assignments.get('vigie.listen')?.place ?? 'default',
    key: 'vigie.access_token',
    message: `saw nothing, while vigie.listen is ${listen.host}, which other machines can reach; set vigie.access_token (VIGIE_ACCESS_TOKEN) to 16 or more random characters, such as \`openssl rand -hex 32\` prints, or let vigie.listen be 127.0.0.1:${listen.port}`,
  })
}
