import { createDeviceNames } from '../../cgroup/device-names.ts'
import type { Hierarchy } from '../../cgroup/hierarchy.ts'
import type { FileBudget } from '../../cgroup/kept-file.ts'
import { findInterfaces, openNetReader } from '../../cgroup/net-reader.ts'
import { openCgroup } from '../../cgroup/open-cgroup.ts'
import type { EngineContainer } from '../../docker/parse-inspect.ts'
import type { Container } from '../../model/container.ts'
import type { Point } from '../../model/series.ts'
import { makeTags, type ContainerTags } from './container-tags.ts'
import type { Counted } from './count-containers.ts'
import { FollowedContainer } from './followed-container.ts'

/** Where the table reads from and how its series are called. */
export interface TableOptions {
  readonly host: string
  readonly procRoot: string
  readonly hierarchy: Hierarchy
  readonly budget: FileBudget
  readonly hostCpuCount: number
  readonly intervalS: number
  /** `false` for an engine on another machine: its processes and cgroups are not here. */
  readonly isEngineLocal: boolean
}

/** A cgroup that was not found is looked for again after one second, then two, four, … up to this long. */
const longestLookMs = 30_000

interface Entry {
  readonly container: EngineContainer
  readonly tags: ContainerTags
  followed: FollowedContainer | undefined
  /** How often its cgroup was looked for in vain, and when that is due again (monotonic milliseconds). */
  misses: number
  nextLookAtMs: number
}

/** All containers of the engine; the running ones with their open files. */
export class ContainerTable {
  readonly #options: TableOptions
  readonly #entries = new Map<string, Entry>()
  readonly #deviceName: (device: string) => string | undefined
  #changed = new Set<string>()
  #removed = new Set<string>()

  constructor(options: TableOptions) {
    this.#options = options
    this.#deviceName = createDeviceNames(options.procRoot)
  }

  /** Whether the containers run here, where their figures can be read. */
  get isEngineLocal(): boolean {
    return this.#options.isEngineLocal
  }

  /** Takes the whole list: what is neither in it nor in `otherIds` is gone. */
  replaceAll(containers: readonly EngineContainer[], otherIds: readonly string[] = []): void {
    const listed = new Set([...containers.map(({ id }) => id), ...otherIds])
    for (const id of this.#entries.keys()) if (!listed.has(id)) this.remove(id)
    for (const container of containers) this.put(container)
  }

  /** Takes what the engine now says of one container; a running one is read at once, so that rates have a start. */
  put(container: EngineContainer): void {
    const known = this.#entries.get(container.id)
    const isSameRun =
      known?.container.pid === container.pid &&
      known.container.startedAtMs === container.startedAtMs
    const entry: Entry = {
      container,
      tags: makeTags(container),
      followed: known?.followed,
      misses: 0,
      nextLookAtMs: 0,
    }
    this.#entries.set(container.id, entry)
    this.#removed.delete(container.id)
    this.#changed.add(container.id)
    const isNamedAsBefore = known?.container.name === container.name
    if (!hasProcess(container) || !isSameRun || !isNamedAsBefore) closeEntry(entry)
    entry.followed?.forgetLimits()
    this.#follow(entry)
  }

  remove(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    closeEntry(entry)
    this.#entries.delete(id)
    this.#changed.delete(id)
    this.#removed.add(id)
  }

  /** The points of all running containers at this moment. */
  sample(timeMs: number): Point[] {
    const points: Point[] = []
    for (const entry of this.#entries.values()) {
      this.#follow(entry)
      const sampled = entry.followed?.sample(timeMs)
      if (sampled === undefined) closeEntry(entry)
      else for (const point of sampled) points.push(point)
    }
    return points
  }

  /**
   * Names of the running containers that have no figures, because their cgroup cannot be found or read. One miss does not
   * count: a container that has just ended has no cgroup before the engine says so.
   */
  unreadable(): readonly string[] {
    return [...this.#entries.values()]
      .filter(({ container, followed, misses }) => {
        return hasProcess(container) && followed === undefined && misses > 1
      })
      .map(({ container }) => container.name)
  }

  counted(): readonly Counted[] {
    return [...this.#entries.values()].map(({ container, tags }) => ({
      isRunning: container.state === 'running',
      tags,
    }))
  }

  tagsOf(id: string): readonly string[] {
    return this.#entries.get(id)?.tags.high ?? []
  }

  all(): readonly Container[] {
    return [...this.#entries.values()].map(toContainer)
  }

  /** What changed since the last call. */
  takeChanges(): {
    readonly containers: readonly Container[]
    readonly removedIds: readonly string[]
  } {
    const containers = [...this.#changed].flatMap((id) => {
      const entry = this.#entries.get(id)
      return entry === undefined ? [] : [toContainer(entry)]
    })
    const removedIds = [...this.#removed]
    this.#changed = new Set()
    this.#removed = new Set()
    return { containers, removedIds }
  }

  /** Gives every open file back. */
  close(): void {
    for (const entry of this.#entries.values()) closeEntry(entry)
  }

  /** Opens a running container's files; without a cgroup it stays unfollowed and is looked for again later. */
  #follow(entry: Entry): void {
    const { container } = entry
    const { procRoot, budget, hierarchy, isEngineLocal } = this.#options
    if (entry.followed !== undefined || !isEngineLocal || !hasProcess(container)) return
    if (performance.now() < entry.nextLookAtMs) return
    const cgroup = openCgroup(hierarchy, container, { procRoot, budget })
    if (cgroup === undefined) {
      entry.nextLookAtMs = performance.now() + Math.min(longestLookMs, 1000 * 2 ** entry.misses)
      entry.misses += 1
      return
    }
    entry.followed = new FollowedContainer(
      container,
      {
        cgroup,
        net: openNetReader(procRoot, container.pid, budget),
        networkOf: createNetworkNames(container, procRoot),
        deviceName: this.#deviceName,
        hostCpuCount: this.#options.hostCpuCount,
      },
      { host: this.#options.host, tags: entry.tags.high, intervalS: this.#options.intervalS },
    )
    entry.followed.sample(Date.now())
  }
}

function closeEntry(entry: Entry): void {
  entry.followed?.close()
  entry.followed = undefined
}

/** A container that waits to be restarted has none. */
function hasProcess({ state, pid }: EngineContainer): boolean {
  return pid > 0 && (state === 'running' || state === 'paused' || state === 'restarting')
}

function toContainer({ container, tags }: Entry): Container {
  const { pid: _pid, cgroupParent: _cgroupParent, ...rest } = container
  return { ...rest, tags: tags.high }
}

/** The routes of the container's first process tell which interface leads to which network. */
function createNetworkNames(
  container: EngineContainer,
  procRoot: string,
): (name: string) => string {
  const { networks, networkMode, pid } = container
  if (networkMode === 'host') return (name) => name
  let names: ReadonlyMap<string, string> | undefined
  return (interfaceName) => {
    names ??= findNetworkNames(networks, pid, procRoot)
    return names.get(interfaceName) ?? interfaceName
  }
}

function findNetworkNames(
  networks: EngineContainer['networks'],
  pid: number,
  procRoot: string,
): ReadonlyMap<string, string> {
  const addresses = networks.flatMap(({ ipAddress }) => ipAddress ?? [])
  const interfaces = findInterfaces(procRoot, pid, addresses)
  const [first, second] = networks
  // Without a route, as in a network of IPv6 alone, it is the first interface that Docker makes.
  if (interfaces.size === 0 && first !== undefined && second === undefined)
    return new Map([['eth0', first.name]])
  return new Map(
    networks.flatMap(({ name, ipAddress }) => {
      const found = ipAddress === undefined ? undefined : interfaces.get(ipAddress)
      return found === undefined ? [] : [[found, name] as const]
    }),
  )
}
