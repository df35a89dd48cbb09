import type { Settling } from '../follow/settling.ts'
import type { LogTools } from '../log-tools.ts'
import { ConnectionCount, TcpPort } from './tcp-port.ts'
import { UdpPort } from './udp-port.ts'

export interface PortsOptions {
  readonly tools: LogTools
  readonly settling: Settling
  /** Counts datagrams that nobody had room for. */
  readonly onDropped: () => void
}

/** All ports that the configuration asks for. */
export class Ports {
  readonly #ports: readonly (TcpPort | UdpPort)[]
  /** Such as `TCP 10514`. */
  readonly names: readonly string[]

  constructor(options: PortsOptions) {
    const { configs, connections: limit } = options.tools.settings
    const connections = new ConnectionCount(limit)
    const wanted = configs.filter(({ kind }) => kind === 'tcp' || kind === 'udp')
    this.names = wanted.map(({ kind, port }) => `${kind.toUpperCase()} ${port}`)
    this.#ports = wanted.map((config) =>
      config.kind === 'tcp'
        ? new TcpPort({ ...options, config, connections })
        : new UdpPort({ ...options, config }),
    )
  }

  stop(): void {
    for (const port of this.#ports) port.stop()
  }
}
