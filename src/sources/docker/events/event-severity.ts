import type { AlertType } from '../../../model/event.ts'

/** `error` when something was killed, else `info`, as the Datadog Agent has it. */
export function severityOf(actions: Iterable<string>): AlertType {
  for (const action of actions) if (action === 'oom' || action === 'kill') return 'error'
  return 'info'
}
