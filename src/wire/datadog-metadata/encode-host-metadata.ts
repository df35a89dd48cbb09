/** What an intake is told of a host, so that it can list it. */
export interface HostMetadata {
  readonly hostname: string
  /** Stays the same when the host is called otherwise; empty when it is not known. */
  readonly uuid: string
  readonly agentVersion: string
  /** `key:value`, of all that this host sends. */
  readonly tags: readonly string[]
  /** `Debian GNU/Linux 12`. */
  readonly osName: string
  readonly kernelRelease: string
  /** `x64`, as Node calls it. */
  readonly architecture: string
  readonly timezone: string
  readonly cpu: {
    readonly modelName: string
    /** Cores, of which each may run several threads. */
    readonly coreCount: number
    readonly threadCount: number
  }
  readonly memoryBytes: number
  /** Absent without an engine. */
  readonly engineVersion?: string
}

/** As Go and the kernel call what Node calls otherwise. */
const machines: Readonly<Record<string, { readonly go: string; readonly kernel: string }>> = {
  x64: { go: 'amd64', kernel: 'x86_64' },
  arm64: { go: 'arm64', kernel: 'aarch64' },
}

/**
 * The body by which agents register their host with `POST /intake/`. The key is not in it: the header has it.
 * @see `comp/metadata/host/impl/utils/host.go` of the Datadog Agent, and `pkg/gohai` for the text in `gohai`
 */
export function encodeHostMetadata(host: HostMetadata): string {
  const machine = machines[host.architecture]?.go ?? host.architecture
  const none = ['', '', '']
  return JSON.stringify({
    apiKey: '',
    agentVersion: host.agentVersion,
    uuid: host.uuid,
    internalHostname: host.hostname,
    os: 'linux',
    'agent-flavor': 'agent',
    python: '',
    systemStats: {
      cpuCores: host.cpu.coreCount,
      machine,
      platform: 'linux',
      pythonV: '',
      processor: host.cpu.modelName,
      macV: none,
      nixV: [host.osName, '', ''],
      fbsdV: none,
      winV: none,
    },
    meta: {
      'socket-hostname': host.hostname,
      timezones: [host.timezone],
      'socket-fqdn': host.hostname,
      'ec2-hostname': '',
      hostname: host.hostname,
      host_aliases: [],
      'instance-id': '',
    },
    'host-tags': { system: host.tags },
    ...(host.engineVersion !== undefined && {
      'container-meta': { docker_version: host.engineVersion },
    }),
    network: null,
    logs: { transport: 'HTTP', auto_multi_line_detection_enabled: false },
    'install-method': { tool: 'vigie', tool_version: host.agentVersion, installer_version: null },
    gohai: encodeGohai(host),
  })
}

/** All its values are texts. */
function encodeGohai(host: HostMetadata): string {
  const machine = machines[host.architecture] ?? {
    go: host.architecture,
    kernel: host.architecture,
  }
  return JSON.stringify({
    cpu: {
      cpu_cores: String(host.cpu.coreCount),
      cpu_logical_processors: String(host.cpu.threadCount),
      model_name: host.cpu.modelName,
    },
    memory: { total: `${Math.floor(host.memoryBytes / 1024)}kB` },
    platform: {
      GOOS: 'linux',
      GOOARCH: machine.go,
      hostname: host.hostname,
      kernel_name: 'Linux',
      kernel_release: host.kernelRelease,
      machine: machine.kernel,
      os: 'GNU/Linux',
      processor: machine.kernel,
    },
  })
}
