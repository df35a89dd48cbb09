/**
 * What of the host the agent's container sees, all of it read-only, in the order and with the places that Datadog's images have.
 * @see https://docs.datadoghq.com/containers/docker/ for the first three
 */
export const agentMounts: readonly string[] = [
  '/var/run/docker.sock:/var/run/docker.sock:ro',
  '/proc/:/host/proc/:ro',
  '/sys/fs/cgroup/:/host/sys/fs/cgroup:ro',
]

/** The engine's log files, without which lines are not read. */
export const logMount = '/var/lib/docker/containers/:/var/lib/docker/containers/:ro'

/** Where programs in other containers find the sockets of DogStatsD; as with Datadog's agent. */
export const socketMount = '/var/run/datadog/:/var/run/datadog/'

/** What is kept over a restart: how far logs were read, what waits to be sent, who this agent is. */
export const dataMount = 'vigie-agent:/data'

/**
 * The rights of root that the agent keeps. `DAC_READ_SEARCH`: log files of other users, and how many files their processes hold
 * open; `SYS_PTRACE`: which network is whose.
 * @see capabilities(7); proc_pid_fd(5) and namespaces(7) on who may look
 */
export const agentCapabilities = ['DAC_READ_SEARCH', 'SYS_PTRACE'] as const
