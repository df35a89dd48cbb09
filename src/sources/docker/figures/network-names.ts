import { findInterfaces } from '../../../cgroup/net-reader.ts'
import type { ContainerNetwork } from '../../../model/container.ts'

/** The networks that a container is in, and the process whose network namespace tells which interface is which. */
export interface Networked {
  readonly networks: readonly ContainerNetwork[]
  /** `bridge`, `host`, `none` or a network's name. */
  readonly networkMode: string
  /** 0 when there is none on this machine. */
  readonly pid: number
}

/** The names of the Docker networks behind the interfaces of one container. */
export class NetworkNames {
  readonly #find: () => ReadonlyMap<string, string>
  #names: ReadonlyMap<string, string> | undefined

  /** @param find Network by interface; called when a name is first asked for, and anew after `forget()`. */
  constructor(find: () => ReadonlyMap<string, string>) {
    this.#find = find
  }

  /** The interface's own name where no network is known for it. */
  of(interfaceName: string): string {
    this.#names ??= this.#find()
    return this.#names.get(interfaceName) ?? interfaceName
  }

  /** The container may be in other networks now. */
  forget(): void {
    this.#names = undefined
  }
}

/**
 * Names the Docker network behind each interface of a container, by the routes of its first process.
 * @returns Network by interface; an interface that leads to none is not in it.
 */
export function findNetworkNames(
  { networks, networkMode, pid }: Networked,
  procRoot: string,
): ReadonlyMap<string, string> {
  if (networkMode === 'host') return new Map()
  // As Datadog has it: an interface that somebody put into a container without networks.
  if (networkMode === 'none') return new Map([['eth0', 'bridge']])
  const addresses = networks.flatMap(({ ipAddress }) => ipAddress ?? [])
  const interfaces = findInterfaces(procRoot, pid, addresses)
  const names = new Map<string, string>()
  const unmatched: string[] = []
  for (const { name, ipAddress } of networks) {
    const found = ipAddress === undefined ? undefined : interfaces.get(ipAddress)
    if (found === undefined) unmatched.push(name)
    else names.set(found, name)
  }
  const left = networks.map((_network, at) => `eth${at}`).filter((name) => !names.has(name))
  const [network] = unmatched
  const [interfaceName] = left
  // Without a route or address that tells, it is the one of Docker's names for interfaces that is left.
  if (unmatched.length === 1 && left.length === 1 && network && interfaceName)
    names.set(interfaceName, network)
  return names
}
