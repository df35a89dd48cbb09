import { narrowQuery } from '../searches/edit-query.ts'

/** What tells why figures of one container changed: its life, its health, its end; not what is run in it. */
const ofLife =
  'kind:(exit OR oom OR health OR check OR event) OR action:(start OR stop OR restart OR pause OR unpause OR kill OR die OR update)'
/** What somebody who looks at many things wants to see among them. */
const ofFaults =
  '(kind:exit status:(error OR warn)) OR kind:(oom OR health) OR (kind:check -action:ok)'

/** Finds all that happened to a container and matters for its charts. */
export function containerMarksQuery(containerId: string): string {
  return narrowQuery(`container_id:${containerId}`, ofLife)
}

/** Finds exits with a fault, OOM kills, changes of health and failing checks of what `scope` finds; of all when it is empty. */
export function faultMarksQuery(scope: string): string {
  return narrowQuery(scope, ofFaults)
}
