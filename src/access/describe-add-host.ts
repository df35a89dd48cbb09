/** A way to add a host: one line for its shell. */
export interface AddHostCommand {
  readonly name: 'shell' | 'datadog'
  readonly text: string
}

/**
 * How a host is added: with `vigie` installed there, and for a genuine Datadog Agent. A container is for when there is an image.
 * @param serverUrl What the host reaches the server by: `https://vigie.example.com`.
 * @see https://docs.datadoghq.com/agent/configuration/dual-shipping/ for the names of Datadog's settings
 */
export function describeAddHost(serverUrl: string, key: string): readonly AddHostCommand[] {
  const { protocol, host, hostname, port } = new URL(serverUrl)
  const isSecure = protocol === 'https:'
  const logsHost = port === '' ? `${hostname}:${isSecure ? 443 : 80}` : host
  const ours = assign({ VIGIE_SERVER_URL: serverUrl, VIGIE_SERVER_KEY: key })
  const theirs = assign({
    DD_API_KEY: key,
    DD_DD_URL: serverUrl,
    DD_LOGS_ENABLED: 'true',
    DD_LOGS_CONFIG_LOGS_DD_URL: logsHost,
    DD_LOGS_CONFIG_FORCE_USE_HTTP: 'true',
    DD_LOGS_CONFIG_LOGS_NO_SSL: String(!isSecure),
  })
  const mounts =
    '-v /var/run/docker.sock:/var/run/docker.sock:ro -v /proc/:/host/proc/:ro -v /sys/fs/cgroup/:/host/sys/fs/cgroup:ro'
  return [
    { name: 'shell', text: `${ours.join(' ')} vigie agent` },
    {
      name: 'datadog',
      text: `docker run -d --name datadog-agent --cgroupns host --pid host ${mounts} ${flags(theirs)} gcr.io/datadoghq/agent:7`,
    },
  ]
}

function assign(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`)
}

function flags(assignments: readonly string[]): string {
  return assignments.map((assignment) => `-e ${assignment}`).join(' ')
}

/** For a POSIX shell. */
function quote(value: string): string {
  return /^[\w:/.@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}
