/** Where things are when nothing says otherwise, by the key of the setting. */
export type HostDefaults = ReadonlyMap<string, string>

/**
 * The defaults that depend on where we run. Inside a container the host's folders are looked for under `/host`, as
 * Datadog's images have them mounted; Amazon Linux 1 keeps cgroups in `/cgroup`.
 * @see pkg/config/setup/common_settings.go of the agent, containerSyspath
 */
export function findHostDefaults(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): HostDefaults {
  const defaults = new Map<string, string>()
  if (!isInContainer(env, exists)) {
    if (exists('/cgroup/memory/memory.stat')) defaults.set('container_cgroup_root', '/cgroup')
    return defaults
  }
  if (exists('/host/proc')) defaults.set('container_proc_root', '/host/proc')
  if (exists('/host/sys/fs/cgroup')) defaults.set('container_cgroup_root', '/host/sys/fs/cgroup')
  const socket = '/var/run/docker.sock'
  if (!exists(socket) && exists(`/host${socket}`)) {
    defaults.set('vigie.docker.host', `unix:///host${socket}`)
  }
  return defaults
}

/** Docker makes `/.dockerenv`; images of agents set the variable (datadog.md E.3, G.5). */
function isInContainer(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): boolean {
  return exists('/.dockerenv') || (env['DOCKER_DD_AGENT'] ?? '') !== ''
}
