import type { DockerOptions } from '../options.ts'

/** Those of the source's options that say which of the engine's events are told, and how. */
export type EventOptions = Pick<
  DockerOptions,
  | 'collect_events'
  | 'unbundle_events'
  | 'collected_event_types'
  | 'bundle_unspecified_events'
  | 'filtered_event_types'
>

/** As an event of its own, within the bundle of its image, or not at all. */
export type EventRoute = 'single' | 'bundle' | 'none'

/** What an engine can tell of a container; `prune` is told of none. */
const knownActions = [
  'attach', 'checkpoint', 'commit', 'copy', 'create', 'destroy', 'detach', 'die', 'exec_create', 'exec_detach',
  'exec_die', 'exec_start', 'export', 'health_status', 'kill', 'oom', 'pause', 'rename', 'resize', 'restart', 'start',
  'stop', 'top', 'unpause', 'update',
] // prettier-ignore

/**
 * What becomes of an action.
 * @see docs/reference/events.md, "Which ones"
 */
export function routeEvent(action: string, options: EventOptions): EventRoute {
  if (!options.collect_events || action === 'prune') return 'none'
  if (options.unbundle_events) {
    if (options.collected_event_types.includes(action)) return 'single'
    if (!options.bundle_unspecified_events) return 'none'
  }
  return options.filtered_event_types.includes(action) ? 'none' : 'bundle'
}

/** The actions that the engine has to be asked for, so that all that these options want is told. */
export function listToldActions(options: EventOptions): readonly string[] {
  const all = new Set([...knownActions, ...options.collected_event_types])
  return [...all].filter((action) => routeEvent(action, options) !== 'none')
}
