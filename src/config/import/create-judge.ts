import type { Assignments } from '../assignment.ts'
import { checkAssignments } from '../check-assignments.ts'
import type { Findings } from '../findings.ts'
import { readValue } from '../read-value.ts'
import { composeSchema, type ComponentLists } from '../schema/compose-schema.ts'
import { listSettings } from '../schema/list-settings.ts'

/** What is wrong with a value for the setting at `path`; `undefined` where it fits, or where we have no such setting. */
export type Judge = (path: readonly string[], value: unknown) => string | undefined

/** Judges values as the start would, so that nothing is written that it would refuse. */
export function createJudge(components: ComponentLists): Judge {
  const schema = composeSchema(components)
  const listing = listSettings(schema)
  return (path, value) => {
    const key = path.join('.')
    const setting = listing.settings.find((candidate) => candidate.key === key)
    if (setting === undefined) return undefined
    const read = typeof value === 'string' ? readValue(value, setting.node) : value
    const findings: Findings = { faults: [], warnings: [], infos: [], withoutEffect: [] }
    const assignments: Assignments = new Map([[key, { value: read, place: '', origin: 'file' }]])
    const checks = { schema, listing, placeInFile: () => '', below: new Map() }
    checkAssignments(assignments, checks, findings)
    return findings.faults[0]?.message
  }
}
