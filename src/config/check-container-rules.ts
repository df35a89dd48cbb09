import type { CheckedAssignments } from './check-assignments.ts'
import type { Findings } from './findings.ts'
import { usesOldLists } from './to-container-rules.ts'

const lists = [
  'container_include',
  'container_exclude',
  'container_include_metrics',
  'container_exclude_metrics',
  'container_include_logs',
  'container_exclude_logs',
  'ac_include',
  'ac_exclude',
] as const

/** Warns of items in the include and exclude lists that match nothing, and of old lists that do not count. */
export function checkContainerRules(
  { parsed, assignments }: CheckedAssignments,
  { warnings }: Findings,
): void {
  for (const key of lists) {
    const assignment = assignments.get(key)
    if (assignment === undefined) continue
    const { place, placeOf = () => place } = assignment
    for (const item of parsed[key]) {
      if (item.kind === 'pattern') continue
      const at = placeOf(item.path)
      const prefix = item.text.slice(0, item.text.indexOf(':') + 1)
      warnings.push(
        `${at}: ${key}: ${JSON.stringify(prefix)} is not known and matches nothing; known are image:, name: and kube_namespace:`,
      )
    }
    if (key.startsWith('ac_') && parsed[key].length > 0 && !usesOldLists(parsed)) {
      warnings.push(
        `${place}: ${key} does not count, since container_include or container_exclude is set`,
      )
    }
  }
}
