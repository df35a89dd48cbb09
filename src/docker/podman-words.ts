/** Podman's own names of what Docker calls otherwise: its filters know only these, its events are told under either. */
const dockerActions: ReadonlyMap<string, string> = new Map([
  ['died', 'die'],
  ['remove', 'destroy'],
  ['exec', 'exec_start'],
  ['exec_died', 'exec_die'],
])

/**
 * What Docker would have written as the action of an event.
 * @param healthStatus Podman's field `HealthStatus`; Docker has it in the action: `health_status: healthy`.
 * @see Podman 4.3, as seen on its compatible API
 */
export function toDockerAction(action: string, healthStatus: string | undefined): string {
  if (action === 'health_status' && healthStatus !== undefined && healthStatus !== '')
    return `${action}: ${healthStatus}`
  return dockerActions.get(action) ?? action
}

/** Podman's own states of a container: what has ended is `stopped` until its files are put away. */
const dockerStates: ReadonlyMap<string, string> = new Map([
  ['configured', 'created'],
  ['initialized', 'created'],
  ['stopping', 'running'],
  ['stopped', 'exited'],
])

/** What Docker would have written as the status of a container. */
export function toDockerState(status: string): string {
  return dockerStates.get(status) ?? status
}

/** Docker's actions with Podman's names for them beside, to be asked for. */
export function withPodmanNames(actions: readonly string[]): readonly string[] {
  const others = [...dockerActions].filter(([, docker]) => actions.includes(docker))
  return [...actions, ...others.map(([podman]) => podman)]
}
