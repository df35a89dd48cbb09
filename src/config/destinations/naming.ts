import type { Assignment } from '../assignment.ts'
import type { CheckedAssignments } from '../check-assignments.ts'
import type { Findings } from '../findings.ts'

/** What says where data is to go. */
const namingKeys = [
  'site',
  'dd_url',
  'additional_endpoints',
  'logs_config.logs_dd_url',
  'logs_config.dd_url',
  'logs_config.additional_endpoints',
] as const

export type NamingKey = (typeof namingKeys)[number]

/** Where each of these options was set; those that do not count are absent. */
export type Naming = ReadonlyMap<NamingKey, Assignment>

/** A file that nobody named: the Datadog Agent's own, found on the same host. */
export interface ForeignFile {
  readonly path: string
}

/**
 * Which options name a destination. Those in the Datadog Agent's own file do not: it sends from this host itself, and all
 * would arrive twice. An info says so.
 */
export function findNaming(
  { assignments }: CheckedAssignments,
  foreign: ForeignFile | undefined,
  { infos }: Findings,
): Naming {
  const naming = new Map<NamingKey, Assignment>()
  const passedOver: NamingKey[] = []
  for (const key of namingKeys) {
    const assignment = assignments.get(key)
    if (assignment === undefined || assignment.origin === 'default') continue
    if (foreign !== undefined && assignment.origin === 'file') passedOver.push(key)
    else naming.set(key, assignment)
  }
  if (foreign !== undefined && passedOver.length > 0) {
    infos.push(
      `${foreign.path}: ${passedOver.join(', ')} in the Datadog Agent's own file sends nothing from here, or all would arrive twice; to send in its place, name the file with --config`,
    )
  }
  return naming
}
